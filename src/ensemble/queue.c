#include "queue.h"

#include <stdlib.h>

hebb_status hebb_queue_init(hebb_queue *queue, size_t room)
{
    *queue = (hebb_queue){.mutex = PTHREAD_MUTEX_INITIALIZER,
                          .changed = PTHREAD_COND_INITIALIZER,
                          .room = room,
                          .units = malloc((room + 1) * sizeof *queue->units)};
    return queue->units != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for a queue of %zu units", room);
}

void hebb_queue_put(hebb_queue *queue, size_t n, const size_t *units)
{
    (void)pthread_mutex_lock(&queue->mutex);
    for (size_t k = 0; k < n && queue->n < queue->room && !queue->is_dropped; k++)
        queue->units[(queue->first + queue->n++) % queue->room] = units[k];
    (void)pthread_cond_broadcast(&queue->changed);
    (void)pthread_mutex_unlock(&queue->mutex);
}

void hebb_queue_join(hebb_queue *queue)
{
    (void)pthread_mutex_lock(&queue->mutex);
    queue->n_members++;
    (void)pthread_mutex_unlock(&queue->mutex);
}

void hebb_queue_leave(hebb_queue *queue)
{
    (void)pthread_mutex_lock(&queue->mutex);
    queue->n_members--;
    (void)pthread_mutex_unlock(&queue->mutex);
}

hebb_queue_state hebb_queue_look(hebb_queue *queue)
{
    (void)pthread_mutex_lock(&queue->mutex);
    const hebb_queue_state state = {.n = queue->n,
                                    .n_idle = queue->n_idle,
                                    .n_members = queue->n_members,
                                    .is_dropped = queue->is_dropped,
                                    .is_over = queue->is_closed && queue->n == 0 && queue->n_members == 0};
    (void)pthread_mutex_unlock(&queue->mutex);
    return state;
}

bool hebb_queue_take(hebb_queue *queue, size_t *unit)
{
    (void)pthread_mutex_lock(&queue->mutex);
    queue->n_idle++;
    while (queue->n == 0 && !queue->is_closed) (void)pthread_cond_wait(&queue->changed, &queue->mutex);
    queue->n_idle--;
    const bool taken = queue->n > 0;
    if (taken) {
        *unit = queue->units[queue->first];
        queue->first = (queue->first + 1) % queue->room;
        queue->n--;
    }
    (void)pthread_mutex_unlock(&queue->mutex);
    return taken;
}

static void end(hebb_queue *queue, bool keep)
{
    (void)pthread_mutex_lock(&queue->mutex);
    queue->is_closed = true;
    if (!keep) {
        queue->is_dropped = true;
        queue->n = 0;
    }
    (void)pthread_cond_broadcast(&queue->changed);
    (void)pthread_mutex_unlock(&queue->mutex);
}

void hebb_queue_close(hebb_queue *queue)
{
    end(queue, true);
}

void hebb_queue_drop(hebb_queue *queue)
{
    end(queue, false);
}

void hebb_queue_free(hebb_queue *queue)
{
    free(queue->units);
    *queue = (hebb_queue){0};
}
