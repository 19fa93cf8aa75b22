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

BUCKETS = 1 << 16
LABELS = ["handoff", "ambiguous", "not_handoff"]
# How much a row counts: phrases made from parts are many and alike, those that others wrote are the
# nearest to what people write.
WEIGHTS = {"made": 0.1, "worn": 0.4, "independent": 1.5, "rare": 1.5, "foreign": 1.5, "plain": 1.5, "chat": 1.5}
# The parts that others wrote; thresholds are drawn on them alone, each judged by a model that was
# trained without it.
MEASURED = ["independent", "rare", "foreign", "plain", "chat"]
FOLDS = 5
# Where the limits are looked for.
GRID = np.arange(-120, 161, 4)
# The verdicts that the grammar alone would give.
ALONE = np.array([2, 2, 1, 0])
# How many false offers an offer to somebody who was unclear is worth.
DOUBT = 0.25
# The features of a typical sentence.
TYPICAL = 150
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

    def __init__(self, program, rows, folds=None):
        self.part = np.array([part for part, _, _ in rows])
        self.label = np.array([LABELS.index(label) for _, label, _ in rows])
        self.text = [text for _, _, text in rows]
        self.fold = np.array(folds if folds else [fold_of(text) for _, _, text in rows])
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
        # Long sentences have many features: the fourth root keeps their sums in bounds.
        counts = np.diff(starts)
        values = np.repeat(np.sqrt(np.sqrt(TYPICAL / np.maximum(counts, 1))), counts)
        self.matrix = csr_matrix((values, indices, starts), shape=(len(starts) - 1, BUCKETS))

    def sentences(self, row):
        return range(self.start[row], self.start[row + 1])


class Model:
    """A multinomial regression; its weights are those of a wish and of an unclear phrase, those of
    everything else taken off."""

    def __init__(self, table, rows, strength=0.1):
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
        """How far a wish is likelier than anything else, and an unclear phrase than other matters:
        the logarithms of the odds, with the greatest term of a sum standing for the sum."""
        wish, unclear = np.floor(matrix @ self.weights + 1e-6).T + self.bias[:, None]
        return np.stack([wish - np.maximum(unclear, 0), unclear], axis=1)

    def rounded(self):
        self.weights = np.clip(np.round(self.weights * STEP), -LIMIT, LIMIT)
        self.bias = np.round(self.bias * STEP)
        return self

    def scores(self, table, rows):
        every = self.judged(table.matrix)
        nothing = np.full(2, -1000 * STEP)
        return np.array([
            every[table.start[row]:table.start[row + 1]].max(axis=0)
            if len(table.sentences(row)) else nothing for row in rows])


def verdicts(grammar, scores, limits):
    calls, offers, doubts = limits
    offered = (scores[:, 0] >= np.take(offers, grammar)) | (scores[:, 1] >= np.take(doubts, grammar))
    return np.where(scores[:, 0] >= np.take(calls, grammar), 0, np.where(offered, 1, 2))


def share(found):
    return found.mean() if len(found) else 1.0


def figures(label, verdict):
    wishes, others = label == 0, label == 2
    return dict(
        rows=len(label), recall=share(verdict[wishes] < 2),
        precision=share(label[verdict == 0] == 0),
        at_once=share(verdict[wishes] == 0), others_offered=share(verdict[others] == 1),
        others_called=share(verdict[others] == 0), unclear_offered=share(verdict[label == 1] == 1),
        offered=share(verdict == 1))


def show(name, values):
    print(f"{name:28}", " ".join(
        f"{key}={value}" if key == "rows" else f"{key}={value:.3f}" for key, value in values.items()), flush=True)


def drawn_limits(label, grammar, scores, precision, worth):
    """Limits for each of the grammar's readings: for calls those that find most wishes at the wanted
    precision, for offers those at which a wish found is worth so many false offers."""
    calls, offers, doubts = np.zeros((3, 4))
    reached = [(grammar == reading)[:, None] & (scores[:, :1] >= GRID) for reading in range(4)]
    doubted = [(grammar == reading)[:, None] & (scores[:, 1:] >= GRID) for reading in range(4)]
    # The dearer a wrong call, the more precise; the cheapest that is precise enough finds most.
    for price in np.arange(1, 60):
        gains = [(hit[label == 0].sum(axis=0) - price * hit[label != 0].sum(axis=0)) for hit in reached]
        calls = np.array([GRID[len(GRID) - 1 - np.argmax(gain[::-1])] for gain in gains])
        called = scores[:, 0] >= np.take(calls, grammar)
        if (label[called] == 0).mean() >= precision:
            break
    prices = np.array([worth, DOUBT, -1])[label]
    for reading in range(4):
        best = -np.inf
        rows = grammar == reading
        for wish, hits in zip(GRID[::-1], reached[reading].T[::-1]):
            gains = prices[rows] @ (hits[rows][:, None] | doubted[reading][rows])
            place = len(GRID) - 1 - np.argmax(gains[::-1])
            if gains[place] > best:
                best, offers[reading], doubts[reading] = gains[place], wish, GRID[place]
    return calls, offers, doubts


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
        f"  static let doubted = {limits_of(limits[2])}",
        '  static let letters = #"""',
    ]
    lines += ["    " + letters[start:start + 512] for start in range(0, len(letters), 512)]
    lines += ['    """#', "}", ""]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def gathered(program, phrases):
    """The table of all phrases, those made of parts, and worn copies of the former."""
    chance = random.Random(5)
    rows = [(row["part"], row["label"], row["text"].replace("\\n", "\n")) for row in read(phrases)]
    made = [("made", *row) for row in variety.made(chance, 0.4) + variety.talk(chance, 0.05)]
    basis = [row[1:] for row in rows if row[0] not in MEASURED] + [row[1:] for row in made]
    made += [("made", *row) for row in variety.embedded(basis, chance, 3000)]
    worn = [("worn", label, variety.worn(text, chance, often=1)) for _, label, text in rows]
    # A copy is in the fold of what it is a copy of.
    folds = [fold_of(text) for _, _, text in rows]
    return Table(program, rows + made + worn, folds + [-1] * len(made) + folds)


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "phrases", "output", "vectors"):
        parser.add_argument(name)
    parser.add_argument("--only-measure", action="store_true")
    parser.add_argument("--without", action="append", default=[], help="train without this part, then measure it")
    parser.add_argument("--precision", type=float, default=0.98)
    parser.add_argument("--worth", type=float, default=3, help="false offers that a found wish is worth")
    arguments = parser.parse_args()

    table = gathered(arguments.program, arguments.phrases)
    everything = np.arange(len(table.text))
    for part in arguments.without:
        rest = everything[table.part != part]
        measured = everything[table.part == part]
        np.savez(f"{arguments.program}.{part}.npz", scores=Model(table, rest).rounded().scores(table, measured),
                 label=table.label[measured], grammar=table.grammar[measured])

    scores = np.zeros((len(everything), 2))
    for fold in range(FOLDS):
        judged = everything[(table.fold == fold) & (table.part != "worn")]
        scores[judged] = Model(table, everything[table.fold != fold]).rounded().scores(table, judged)
    drawn = everything[np.isin(table.part, MEASURED)]
    limits = drawn_limits(
        table.label[drawn], table.grammar[drawn], scores[drawn], arguments.precision, arguments.worth)
    print("limits", *limits)
    for part in sorted(set(table.part) - {"made", "worn"}):
        rows = everything[table.part == part]
        show(f"{part}, grammar alone", figures(table.label[rows], ALONE[table.grammar[rows]]))
        show(f"{part}, cross-validated",
             figures(table.label[rows], verdicts(table.grammar[rows], scores[rows], limits)))
    np.savez(f"{arguments.program}.npz", scores=scores, label=table.label, grammar=table.grammar, part=table.part)
    if arguments.only_measure:
        return

    model = Model(table, everything).rounded()
    written(model, limits, arguments.output)
    chosen = [row for row in everything[np.isin(table.part, MEASURED)] if len(table.sentences(row))][::40]
    with open(arguments.vectors, "w", encoding="utf-8") as file:
        file.write("wish\tunclear\ttext\n")
        for row, (wish, unclear) in zip(chosen, model.scores(table, chosen)):
            escaped = table.text[row].replace("\n", "\\n")
            file.write(f"{int(wish)}\t{int(unclear)}\t{escaped}\n")
    print("weights not zero:", np.count_nonzero(model.weights))


if __name__ == "__main__":
    main()
