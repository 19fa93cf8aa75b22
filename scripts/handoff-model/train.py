"""Trains the linear model of the wish for a person and measures it by cross-validation.

usage: train.py FEATURES_PROGRAM PHRASES.tsv OUTPUT.swift VECTORS.tsv [--only-measure] [--without PART]

The features come from the program's own code (FEATURES_PROGRAM), so there is one definition of them.
"""

import argparse
import hashlib
import random
import subprocess

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import variety

BUCKETS = 1 << 15
LABELS = ["handoff", "ambiguous", "not_handoff"]
# How much a row counts: phrases made from parts are many and alike, those that others wrote are the
# nearest to what people write.
WEIGHTS = {"made": 0.2, "independent": 1.5, "rare": 1.5}
# The parts that others wrote; thresholds are drawn on them alone, each judged by a model that was
# trained without it.
MEASURED = ["independent", "rare"]
FOLDS = 5
# By how much the limits may differ between the grammar's readings: nothing, refusal, maybe, wish.
SHIFTS = [np.array([0, -refusal, nearer // 2, nearer]) for refusal in (0, 24, 48) for nearer in range(0, 61, 12)]
# The verdicts that the grammar alone would give.
ALONE = np.array([2, 2, 1, 0])
STEP = 24  # weights are kept in units of 1/STEP
ZERO = 80  # the letter of the weight 0
LIMIT = 44  # and cut off here, so that each is one printable letter


def read(path):
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    header = rows[0]
    return [dict(zip(header, row)) for row in rows[1:]]


def fold_of(text):
    """The same for phrases of the same words, so that twins are never parted."""
    words = "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
    digest = hashlib.sha256(" ".join(sorted(set(words))).encode()).digest()
    return digest[0] % FOLDS


class Table:
    """Phrases as sentences of features. A label belongs to a text, features to a sentence."""

    def __init__(self, program, rows):
        self.part = np.array([part for part, _, _ in rows])
        self.label = np.array([LABELS.index(label) for _, label, _ in rows])
        self.text = [text for _, _, text in rows]
        self.fold = np.array([fold_of(text) if part != "made" else -1 for part, _, text in rows])
        self.weight = np.array([WEIGHTS.get(part, 1.0) for part in self.part])
        lines = "".join(text.replace("\n", "\\n") + "\n" for text in self.text)
        output = subprocess.run([program], input=lines, capture_output=True, text=True, check=True).stdout
        indices, starts, self.start, grammar = [], [0], [0], []
        for line in output.split("\n")[:-1]:
            verdict, _, sentences = line.partition("\t")
            grammar.append(int(verdict))
            for sentence in sentences.split(";") if sentences else []:
                indices += [int(number) for number in sentence.split()]
                starts.append(len(indices))
            self.start.append(len(starts) - 1)
        self.grammar = np.array(grammar)
        assert len(grammar) == len(rows)
        self.matrix = csr_matrix(
            (np.ones(len(indices), np.float32), indices, starts), shape=(len(starts) - 1, BUCKETS))

    def sentences(self, row):
        return range(self.start[row], self.start[row + 1])


class Model:
    """A multinomial regression; its weights are those of a wish and of an unclear phrase, those of
    everything else taken off."""

    def __init__(self, table, rows, strength=0.3):
        sentences, labels, weights, open_rows = [], [], [], []
        for row in rows:
            spots = table.sentences(row)
            if len(spots) == 1 or table.label[row] == 2:
                sentences += spots
                labels += [table.label[row]] * len(spots)
                weights += [table.weight[row]] * len(spots)
            else:
                open_rows.append(row)
        judge = LogisticRegression(C=strength, max_iter=60, tol=1e-3)
        # Of a longer text only one sentence holds the wish: the first model finds it for the second.
        for _ in range(2):
            judge.fit(table.matrix[sentences], labels, sample_weight=weights)
            self.weights = (judge.coef_[:2] - judge.coef_[2]).T
            self.bias = judge.intercept_[:2] - judge.intercept_[2]
            for row in open_rows:
                spots = list(table.sentences(row))
                if not spots:
                    continue
                scores = self.judged(table.matrix[spots])[:, table.label[row]]
                sentences.append(spots[int(np.argmax(scores))])
                labels.append(table.label[row])
                weights.append(table.weight[row])
            open_rows = []

    def judged(self, matrix):
        """The scores for a call and for an offer: the logarithms of the odds, with the greatest term
        of each sum standing for the sum."""
        wish, unclear = (matrix @ self.weights + self.bias).T
        return np.stack([wish - np.maximum(unclear, 0), np.maximum(wish, unclear)], axis=1)

    def rounded(self):
        self.weights = np.clip(np.round(self.weights * STEP), -LIMIT, LIMIT)
        self.bias = np.round(self.bias * STEP)
        return self

    def scores(self, table, rows):
        every = self.judged(table.matrix)
        nothing = np.full(2, -100 * STEP)
        return np.array([
            every[table.start[row]:table.start[row + 1]].max(axis=0)
            if len(table.sentences(row)) else nothing for row in rows])


def verdicts(grammar, scores, limits):
    calls, offers = limits
    verdict = np.where(scores[:, 1] >= np.take(offers, grammar), 1, 2)
    return np.where(scores[:, 0] >= np.take(calls, grammar), 0, verdict)


def figures(label, verdict):
    wishes, others = label == 0, label == 2
    return dict(
        rows=len(label), recall=(verdict[wishes] < 2).mean(),
        precision=(label[verdict == 0] == 0).mean() if (verdict == 0).any() else 1.0,
        at_once=(verdict[wishes] == 0).mean(), others_offered=(verdict[others] == 1).mean(),
        others_called=(verdict[others] == 0).mean(), unclear_offered=(verdict[label == 1] == 1).mean(),
        offered=(verdict == 1).mean())


def show(name, values):
    print(f"{name:28}", " ".join(
        f"{key}={value}" if key == "rows" else f"{key}={value:.3f}" for key, value in values.items()), flush=True)


def drawn_limits(label, grammar, scores, precision, recall):
    """The lowest call limits that keep the precision, the highest offer limits that keep the recall.

    A wish that the grammar sees too needs less from the model; the distances are tried out.
    """
    best = None
    for shift in SHIFTS:
        moved = scores[:, 0] + shift[grammar]
        order = np.argsort(-moved, kind="stable")
        kept = np.cumsum(label[order] == 0) / np.arange(1, len(order) + 1)
        places = np.where(kept >= precision)[0]
        count = places.max() + 1 if len(places) else 1
        found = (label[order[:count]] == 0).sum()
        if best is None or found > best[0]:
            best = (found, np.ceil(moved[order[count - 1]]) - shift)
    calls = best[1]
    best = None
    for shift in SHIFTS:
        moved = scores[:, 1] + shift[grammar]
        limit = np.floor(np.quantile(moved[label == 0], 1 - recall, method="lower"))
        wrong = (moved[label == 2] >= limit).mean()
        if best is None or wrong < best[0]:
            best = (wrong, limit - shift)
    return calls, best[1]


def written(model, limits, path):
    """The weights as letters: one for each judge and bucket."""
    letters = "".join(chr(int(weight) + ZERO) for pair in model.weights for weight in pair)
    def limits_of(side):
        nothing, refusal, maybe, wish = (int(limit) for limit in side)
        return f"WishModel.Limits(nothing: {nothing}, refusal: {refusal}, maybe: {maybe}, wish: {wish})"

    lines = [
        "// swift-format-ignore-file",
        "// Made by scripts/train-handoff; not edited by hand.",
        "",
        "/// What training found: see `WishModel`.",
        "enum WishWeights {",
        f"  /// The letter of a weight of 0.",
        f"  static let zero: Int8 = {ZERO}",
        f"  static let bias = (wish: {int(model.bias[0])}, unclear: {int(model.bias[1])})",
        f"  static let called = {limits_of(limits[0])}",
        f"  static let offered = {limits_of(limits[1])}",
        '  static let letters = #"""',
    ]
    lines += ["    " + letters[start:start + 256] for start in range(0, len(letters), 256)]
    lines += ['    """#', "}", ""]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "phrases", "output", "vectors"):
        parser.add_argument(name)
    parser.add_argument("--only-measure", action="store_true")
    parser.add_argument("--without", action="append", default=[], help="train without this part, then measure it")
    parser.add_argument("--precision", type=float, default=0.98)
    parser.add_argument("--recall", type=float, default=0.935)
    arguments = parser.parse_args()

    chance = random.Random(5)
    rows = [(row["part"], row["label"], row["text"].replace("\\n", "\n")) for row in read(arguments.phrases)]
    made = [("made", *row) for row in variety.made(chance, 0.4)]
    basis = [row[1:] for row in rows if row[0] not in MEASURED] + [row[1:] for row in made]
    made += [("made", *row) for row in variety.embedded(basis, chance, 3000)]
    table = Table(arguments.program, rows + made)

    everything = np.arange(len(table.text))
    for part in arguments.without:
        rest = everything[table.part != part]
        measured = everything[table.part == part]
        np.savez(f"{arguments.program}.{part}.npz", scores=Model(table, rest).rounded().scores(table, measured),
                 label=table.label[measured], grammar=table.grammar[measured])

    scores = np.zeros((len(everything), 2))
    for fold in range(FOLDS):
        judged = everything[table.fold == fold]
        scores[judged] = Model(table, everything[table.fold != fold]).rounded().scores(table, judged)
    drawn = everything[np.isin(table.part, MEASURED)]
    limits = drawn_limits(
        table.label[drawn], table.grammar[drawn], scores[drawn], arguments.precision, arguments.recall)
    print("limits", *limits)
    for part in sorted(set(table.part) - {"made"}):
        rows = everything[table.part == part]
        show(f"{part}, grammar alone", figures(table.label[rows], ALONE[table.grammar[rows]]))
        show(f"{part}, cross-validated",
             figures(table.label[rows], verdicts(table.grammar[rows], scores[rows], limits)))
    np.savez(f"{arguments.program}.npz", scores=scores, label=table.label, grammar=table.grammar, part=table.part)
    if arguments.only_measure:
        return

    model = Model(table, everything).rounded()
    written(model, limits, arguments.output)
    chosen = everything[np.isin(table.part, MEASURED)][::40]
    with open(arguments.vectors, "w", encoding="utf-8") as file:
        file.write("wish\toffer\ttext\n")
        for row, (wish, offer) in zip(chosen, model.scores(table, chosen)):
            escaped = table.text[row].replace("\n", "\\n")
            file.write(f"{int(wish)}\t{int(offer)}\t{escaped}\n")
    print("weights not zero:", np.count_nonzero(model.weights))


main()
