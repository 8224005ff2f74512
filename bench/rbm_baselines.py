"""CD-1 of a restricted Boltzmann machine in Python, to be timed beside hebb.

    rbm_baselines.py METHOD FILE BATCH WARM UPDATES

prints one line: seconds an update (median, least), shares of visible and hidden units on.  FILE holds cases, a byte for each
of 784 units; 500 hidden units {0, 1}, weights of width .01 at first, rate .01, without momentum and decay.  Seconds are of the
processor, on one thread.  `--versions` prints what runs, `--methods` the methods that can.

    torch    the usual update: two fields up, one down, torch.bernoulli of each layer, hidden means in the gradient
    torch-compared  the same with units drawn by comparing torch.rand with their means, a tenth faster
    sklearn  BernoulliRBM.partial_fit on the batch, in double precision, as it takes the data: persistent chains (PCD-1), for
             which it samples hidden units after the update, so a draw of 500 units fewer and the same five products
    sklearn-single  the same on data of single precision, which it keeps
"""
import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np

try:
    import torch
except ImportError:
    torch = None
try:
    import sklearn
    from sklearn.neural_network import BernoulliRBM
except ImportError:
    sklearn = None

VISIBLE, HIDDEN, RATE = 784, 500, 0.01


def torch_learner(cases, draw):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    p = torch.from_numpy(cases.mean(axis=0, dtype=np.float64).clip(1e-4, 1 - 1e-4)).float()
    w, b, c = 0.01 * torch.randn(VISIBLE, HIDDEN), torch.log(p / (1 - p)), torch.zeros(HIDDEN)
    state = {}

    def update(batch):
        with torch.no_grad():
            v = torch.from_numpy(batch)
            rate = RATE / len(v)
            means = torch.addmm(c, v, w).sigmoid_()
            h = draw(means)
            model = draw(torch.addmm(b, h, w.t()).sigmoid_())
            model_means = torch.addmm(c, model, w).sigmoid_()
            w.addmm_(v.t(), means, alpha=rate)
            w.addmm_(model.t(), model_means, alpha=-rate)
            b.add_((v - model).sum(0), alpha=rate)
            c.add_((means - model_means).sum(0), alpha=rate)
            state["model"], state["h"] = model, h

    return update, lambda: (float(state["model"].mean()), float(state["h"].mean()))


def draw_compared(means):
    return (torch.rand_like(means) < means).float()


def sklearn_learner(cases, batch):
    rbm = BernoulliRBM(n_components=HIDDEN, learning_rate=RATE, batch_size=batch, random_state=1)
    return rbm.partial_fit, lambda: (float(cases.mean()), float(rbm.h_samples_.mean()))


def main():
    able = (["torch", "torch-compared"] if torch else []) + (["sklearn", "sklearn-single"] if sklearn else [])
    if sys.argv[1] == "--methods":
        print(*able)
        return
    if sys.argv[1] == "--versions":
        print("Python %d.%d," % sys.version_info[:2], "numpy", np.__version__, end="")
        print(*[", %s %s" % (m.__name__, m.__version__) for m in (torch, sklearn) if m], sep="")
        return
    method, path, batch, warm, updates = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
    cases = np.fromfile(path, np.uint8).reshape(-1, VISIBLE).astype(np.float64 if method == "sklearn" else np.float32)
    if method.startswith("torch"):
        update, on = torch_learner(cases, torch.bernoulli if method == "torch" else draw_compared)
    else:
        update, on = sklearn_learner(cases, batch)
    order, seconds = np.random.default_rng(1), []
    for k in range(warm + updates):
        shown = cases[order.choice(len(cases), batch, replace=False)]
        started = time.process_time()
        update(shown)
        if k >= warm:
            seconds.append(time.process_time() - started)
    print("%.9f %.9f %.4f %.4f" % (np.median(seconds), min(seconds), *on()))


main()
