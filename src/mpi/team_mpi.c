#include "team_mpi.h"

#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <mpi.h>

#include "command.h"
#include "parallel.h"
#include "stop.h"

enum { SENTENCE = 1024, REASON = 64 };

/* What a rank brings to a meeting. */
typedef struct {
    int64_t status;
    int64_t has_ended; /* its program; the number is its exit status */
    uint64_t number;
} word;

static MPI_Comm job;
static int rank, size;
static word *words; /* of the last meeting, by rank */

static _Noreturn void give_up(const char *why)
{
    (void)fprintf(stderr, "hebb: %s\n", why);
    (void)MPI_Abort(MPI_COMM_WORLD, HEBB_EXIT_INTERNAL);
    abort();
}

/* ---- waiting ---- */

static const long SHORTEST_NAP = 50000, LONGEST_NAP = 2000000; /* nanoseconds */

/* Longer each time that nothing happens. */
static void nap(long *length)
{
    const struct timespec span = {.tv_nsec = *length};
    (void)nanosleep(&span, NULL); /* a signal ends it, which is as well */
    *length = 2 * *length < LONGEST_NAP ? 2 * *length : LONGEST_NAP;
}

static void wait_for(MPI_Request *request)
{
    int is_done = 0;
    for (long length = SHORTEST_NAP; MPI_Test(request, &is_done, MPI_STATUS_IGNORE), !is_done;) nap(&length);
}

/* ---- meetings ---- */

static int gravity(int64_t status)
{
    return status == HEBB_OK ? 0 : status == HEBB_ESTOPPED ? 1 : 2;
}

/* The lowest rank of those with the gravest status. */
static int gravest_rank(void)
{
    int gravest = 0;
    for (int r = 1; r < size; r++)
        if (gravity(words[r].status) > gravity(words[gravest].status)) gravest = r;
    return gravest;
}

/* Returns the gravest status, with its sentence; the words stay for the caller. */
static hebb_status meet(word mine)
{
    MPI_Request request;
    char sentence[SENTENCE];
    (void)MPI_Iallgather(&mine, sizeof mine, MPI_BYTE, words, sizeof mine, MPI_BYTE, job, &request);
    wait_for(&request);
    const int who = gravest_rank();
    const hebb_status status = (hebb_status)words[who].status;
    if (status == HEBB_OK) return HEBB_OK;
    const char *said = hebb_diagnostic();
    snprintf(sentence, sizeof sentence, "%s", *said != '\0' ? said : hebb_status_text(status));
    (void)MPI_Ibcast(sentence, sizeof sentence, MPI_CHAR, who, job, &request);
    wait_for(&request);
    return who == 0 ? hebb_fail(status, "%s", sentence) : hebb_fail(status, "rank %d: %s", who, sentence);
}

static hebb_status agree(hebb_status status)
{
    return meet((word){.status = status});
}

static size_t tell(size_t n)
{
    const hebb_status status = meet((word){.number = n});
    (void)status; /* of a rank that has ended: it says so at the next meeting as well */
    return words[0].number;
}

/* ---- handing out ---- */

enum { TAG_ASK = 1, TAG_UNITS, TAG_END, TAG_STOP, TAG_DONE, TAG_BYE };

/* Where the handing out stands, at this rank. */
typedef struct {
    hebb_queue *queue;
    size_t n_threads;
    size_t low; /* ask when fewer units wait, if there are plenty */
    bool has_asked, is_plenty, has_stopped, is_done, is_over;
} side;

/* The same for all, at rank 0. */
typedef struct {
    hebb_deal *deal;
    bool has_ended;
    int n_done; /* ranks */
} desk;

static side here;
static desk ours;
static char reason[REASON]; /* why another rank asked to stop: the request keeps the pointer */

static void post(int to, int tag, const void *bytes, size_t n)
{
    MPI_Request request;
    (void)MPI_Isend(bytes, (int)n, MPI_BYTE, to, tag, job, &request);
    wait_for(&request);
}

static void post_all(int tag, const void *bytes, size_t n)
{
    for (int r = 1; r < size; r++) post(r, tag, bytes, n);
}

/* Units come, or none for now. */
static void take(size_t n, const size_t *units, bool is_plenty)
{
    hebb_queue_put(here.queue, n, units);
    here.low = here.n_threads + n / 4; /* a quarter is time enough to have more brought */
    here.is_plenty = is_plenty;
    here.has_asked = false;
}

static void stop_here(const char *why)
{
    hebb_stop_request(why);
    hebb_queue_drop(here.queue);
    here.has_stopped = true;
}

static void end(void)
{
    ours.has_ended = true;
    hebb_queue_close(here.queue);
    post_all(TAG_END, NULL, 0);
}

/* Rank 0 learns that a rank is to stop, and with it all are. */
static void spread_stop(const char *why)
{
    if (ours.deal->next == SIZE_MAX) return;
    ours.deal->next = SIZE_MAX;
    ours.has_ended = true;
    post_all(TAG_STOP, why, REASON);
    stop_here(why);
}

/*
 * While there are plenty, units go in blocks, ahead of need.  The last ones go one to an idle thread: they may be long,
 * and none is to wait behind another while a thread elsewhere has nothing to do.
 */
static void answer(int to, size_t n_idle, size_t n_threads)
{
    hebb_deal *deal = ours.deal;
    if (ours.has_ended) return;
    const size_t n_left = deal->n - deal->next, share = hebb_team_share(n_left, (size_t)size);
    const bool is_plenty = share > n_threads + 1;
    const size_t n = is_plenty ? share : n_idle < n_left ? n_idle : n_left;
    const size_t *units = deal->units + deal->next;
    deal->next += n;
    if (to == 0) {
        take(n, units, is_plenty);
    } else {
        size_t message[1 + HEBB_LARGEST_SHARE] = {is_plenty};
        memcpy(message + 1, units, n * sizeof *units);
        post(to, TAG_UNITS, message, (1 + n) * sizeof *message);
    }
    if (deal->next == deal->n) end();
}

/* What other ranks tell rank 0 in a message it tells itself. */
static void tell_rank_0(int tag, const void *bytes, size_t n)
{
    const size_t *numbers = bytes;
    if (rank > 0)
        post(0, tag, bytes, n);
    else if (tag == TAG_ASK)
        answer(0, numbers[0], numbers[1]);
    else if (tag == TAG_STOP)
        spread_stop(bytes);
    else
        ours.n_done++;
}

static bool is_hungry(const hebb_queue_state *state)
{
    return state->n_idle > state->n || (here.is_plenty && state->n < here.low);
}

/* Looks at this rank's own threads.  Returns whether there was anything to say. */
static bool look_here(void)
{
    const hebb_queue_state state = hebb_queue_look(here.queue);
    if (!here.has_stopped && (state.is_dropped || hebb_stop_is_requested())) {
        const char *why = hebb_stop_reason();
        char text[REASON];
        snprintf(text, sizeof text, "%s%s", why != NULL ? why : "a failure", rank > 0 ? " at another rank" : "");
        stop_here(why != NULL ? why : "a failure");
        tell_rank_0(TAG_STOP, text, sizeof text);
    } else if (!here.is_done && state.is_over) {
        here.is_done = true;
        tell_rank_0(TAG_DONE, NULL, 0);
    } else if (!here.has_asked && !here.has_stopped && is_hungry(&state)) {
        const size_t numbers[] = {state.n_idle - (state.n_idle < state.n ? state.n_idle : state.n), here.n_threads};
        here.has_asked = true;
        tell_rank_0(TAG_ASK, numbers, sizeof numbers);
    } else {
        return false;
    }
    return true;
}

static void receive(int from, int tag, const size_t *message, size_t n_bytes)
{
    switch (tag) {
    case TAG_ASK:
        answer(from, message[0], message[1]);
        break;
    case TAG_UNITS:
        take(n_bytes / sizeof *message - 1, message + 1, message[0]);
        break;
    case TAG_END:
        here.has_asked = true; /* never again */
        hebb_queue_close(here.queue);
        break;
    case TAG_STOP:
        if (here.has_stopped) break;
        memcpy(reason, message, sizeof reason);
        if (rank == 0)
            spread_stop(reason);
        else
            stop_here(reason);
        break;
    case TAG_DONE:
        ours.n_done++;
        break;
    case TAG_BYE:
        here.is_over = true;
        break;
    default:
        give_up("a message of no kind that there is");
    }
}

/* Returns whether there was a message. */
static bool look_there(void)
{
    size_t message[1 + HEBB_LARGEST_SHARE];
    int is_there, n_bytes;
    MPI_Status from;
    MPI_Request request;
    (void)MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, job, &is_there, &from);
    if (!is_there) return false;
    (void)MPI_Get_count(&from, MPI_BYTE, &n_bytes);
    (void)MPI_Irecv(message, n_bytes, MPI_BYTE, from.MPI_SOURCE, from.MPI_TAG, job, &request);
    wait_for(&request);
    receive(from.MPI_SOURCE, from.MPI_TAG, message, (size_t)n_bytes);
    return true;
}

static hebb_status hand_out(hebb_deal *deal, hebb_queue *queue, int n_threads)
{
    long length = SHORTEST_NAP;
    here = (side){.queue = queue, .n_threads = (size_t)n_threads, .is_plenty = true, .low = 1};
    ours = (desk){.deal = deal};
    if (rank == 0 && deal->next == deal->n) end();
    while (!here.is_over) {
        const bool has_said = look_here(), has_heard = look_there();
        if (rank == 0 && ours.n_done == size) {
            post_all(TAG_BYE, NULL, 0);
            here.is_over = true;
        } else if (has_said || has_heard) {
            length = SHORTEST_NAP;
        } else {
            nap(&length);
        }
    }
    return HEBB_OK;
}

/* ---- the job ---- */

/*
 * This rank's part of the processors: of each that it may run on, one over the number of ranks on the machine that may
 * do so too.  Ranks that mpirun bound to processors of their own have these whole.
 */
static void look_at_machine(hebb_team *team)
{
    MPI_Comm machine;
    cpu_set_t mine;
    double share = 0.0;
    (void)MPI_Comm_split_type(job, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
    (void)MPI_Comm_size(machine, &team->n_neighbours);
    CPU_ZERO(&mine);
    const bool is_known = sched_getaffinity(0, sizeof mine, &mine) == 0;
    cpu_set_t *all = calloc((size_t)team->n_neighbours, sizeof *all);
    if (all == NULL) give_up("no memory for the list of processors");
    (void)MPI_Allgather(&mine, sizeof mine, MPI_BYTE, all, sizeof mine, MPI_BYTE, machine);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        int n = 0;
        for (int r = 0; r < team->n_neighbours; r++) n += CPU_ISSET(cpu, &all[r]) != 0;
        if (CPU_ISSET(cpu, &mine)) share += 1.0 / n;
    }
    free(all);
    (void)MPI_Comm_free(&machine);
    if (!is_known) share = (double)hebb_parallel_processors() / team->n_neighbours;
    team->n_processors = share >= 1.0 ? (int)(share + 1e-6) : 1;
}

void hebb_team_mpi_begin(hebb_team *team)
{
    int provided;
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS) abort();
    if (provided < MPI_THREAD_FUNNELED) give_up("this MPI does not suffer threads");
    (void)MPI_Comm_dup(MPI_COMM_WORLD, &job);
    (void)MPI_Comm_rank(job, &rank);
    (void)MPI_Comm_size(job, &size);
    words = calloc((size_t)size, sizeof *words);
    if (words == NULL) give_up("no memory for the list of ranks");
    if (rank > 0 && freopen("/dev/null", "w", stdout) == NULL) give_up("/dev/null cannot be opened");
    *team = (hebb_team){.rank = rank, .size = size, .agree = agree, .tell = tell, .hand_out = hand_out};
    look_at_machine(team);
}

static hebb_status status_of(int exit_status)
{
    switch (exit_status) {
    case HEBB_EXIT_OK:
    case HEBB_EXIT_DISAGREE:
        return HEBB_OK;
    case HEBB_EXIT_USAGE:
        return HEBB_EUSAGE;
    case HEBB_EXIT_DATA:
        return HEBB_EDATA;
    case HEBB_EXIT_NOINPUT:
        return HEBB_ENOINPUT;
    case HEBB_EXIT_IO:
        return HEBB_EIO;
    case HEBB_EXIT_STOPPED:
        return HEBB_ESTOPPED;
    default:
        return HEBB_EINTERNAL;
    }
}

static bool have_all_ended(void)
{
    bool all = true;
    for (int r = 0; r < size; r++) all = all && words[r].has_ended;
    return all;
}

int hebb_team_mpi_end(int exit_status)
{
    const word mine = {status_of(exit_status), true, (uint64_t)exit_status};
    do {
        const hebb_status status = meet(mine);
        (void)status; /* each rank has said what there was to say */
    } while (!have_all_ended());
    for (int r = 0; r < size; r++)
        if (exit_status == HEBB_EXIT_OK || r == 0)
            exit_status = words[r].number != HEBB_EXIT_OK ? (int)words[r].number : exit_status;
    free(words);
    (void)MPI_Comm_free(&job);
    (void)MPI_Finalize();
    return exit_status;
}
