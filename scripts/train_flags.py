"""Trains the second net over red flags and writes its weights: `make train-flags`.

Runs in `.venv-rasa`, which holds scikit-learn. Learns from corpora/red_flags, and from corpora/everyday and the
examples of data/nlu.yml how people talk who need no help today. The bounds are set so that, of writers whom the net
had to do without, no more than a few in a hundred near misses and ordinary complaints are raised by both nets together.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.knowledge.flag_net import CLASSES, EMERGENCY, FILE, SCALE, VERSION, urgent_levels
from bot.knowledge.shelf import HERE
from scripts.data_file import read_yaml
from scripts.flag_corpus import ENDINGS, Message, corpus, everyday_talk, fingerprint
from scripts.flag_model import Model, fitted, weights_of

FOLDS = 6
SHARE = 2.0
"""How much the likeliest class adds to the score; of 0.6, 1, 1.5, 2 and 3 this was best on writers left out."""
DOUBTS = 0.012
"""Of a thousand urgent messages that a rule finds so many may be doubted."""
FALSE_ALARMS, QUESTIONS = 0.03, 0.03
"""Of a hundred harmless messages so many may be raised, and so many more asked about."""
SURE = 0.93
"""The likelihood from which the net trusts itself more than the heuristics around it."""
JOINED_ADDS = 1.2
"""How much more the score of joined messages must reach: so many words raise chance likenesses."""
LEANS = 1.8
"""What is added to the score of an emergency: of two levels the more urgent is the safer mistake."""
KEPT = 8_000
"""How many features each head but the first keeps: those with the greatest weights."""


def main() -> int:
    """Train, write the weights and tell what the bounds mean."""
    messages, talk = corpus(), everyday_talk()
    scores = out_of_fold(messages, talk)
    urgent = np.array([one.is_urgent for one in messages])
    calibration = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), urgent)
    slope, offset = float(calibration.coef_[0, 0]), float(calibration.intercept_[0])
    by_rule = np.array([one.is_found_by_rules for one in messages])
    doubted = float(np.quantile(scores[by_rule & urgent], DOUBTS))
    found = np.where(by_rule & (scores >= doubted), np.inf, scores)
    raised = float(np.quantile(found[~urgent], 1 - FALSE_ALARMS))
    asked = float(np.quantile(found[~urgent], 1 - FALSE_ALARMS - QUESTIONS))
    bounds = {"raised": raised, "asked": asked, "doubted": doubted, "joined": raised + JOINED_ADDS}
    likely = {name: round(1 / (1 + float(np.exp(-(slope * score + offset)))), 4) for name, score in bounds.items()}
    likely["sure"] = SURE
    net = {**weights(messages, talk), "slope": slope, "offset": offset, "bounds": likely}
    text = json.dumps(net, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (HERE / "en" / FILE).write_text(text + "\n", encoding="utf-8")
    told = {"messages": len(messages), "urgent": int(urgent.sum()), "features": len(net["terms"]), **likely}
    told["recall of writers left out, both nets"] = round(float((found[urgent] >= raised).mean()), 3)
    told["asked about"] = round(float(((found[urgent] >= asked) & (found[urgent] < raised)).mean()), 3)
    told["false alarms"] = round(float((found[~urgent] >= raised).mean()), 3)
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def out_of_fold(messages: Sequence[Message], talk: Sequence[Message]) -> np.ndarray[Any, Any]:
    """The score of each message by a net that heard everyday talk and five sixths of the authors, not its own."""
    scores = np.zeros(len(messages))
    fold_of = {author: at % FOLDS for at, author in enumerate(sorted({one.author for one in messages}))}
    for fold in range(FOLDS):
        model = Model([*[one for one in messages if fold_of[one.author] != fold], *talk])
        own = [at for at, one in enumerate(messages) if fold_of[one.author] == fold]
        scores[own] = model.scores([messages[at] for at in own], share=SHARE)
    return scores


def weights(messages: Sequence[Message], talk: Sequence[Message]) -> dict[str, Any]:
    """The weights of a net that learned from all messages, as the file holds them."""
    model = Model([*messages, *talk])
    levels = urgent_levels(read_yaml(HERE / CLASSES))
    urgent = [one for one in messages if one.is_urgent]
    emergency = fitted(model.rows_of(urgent), [one.level == EMERGENCY for one in urgent], weights_of(urgent))
    emergency.intercept_ = emergency.intercept_ + LEANS
    heads = {EMERGENCY: emergency, **{name.value: model.classes[name.value] for name in levels}}
    terms = {name: [whole(rarity**2), 0] for name, rarity in zip(model.names, model.rarity)}
    for name, weight in zip(model.names, model.rarity * model.urgent.coef_[0]):
        terms[name][1] = coarse(weight)
    for number, head in enumerate(heads.values()):
        weighed = model.rarity * head.coef_[0]
        for at in sorted(np.argsort(-np.abs(weighed), kind="stable")[:KEPT]):
            if coarse(weighed[at]):
                terms[model.names[at]] += [number, coarse(weighed[at])]
    return {
        "about": "Written by `make train-flags` from corpora and data/nlu.yml; do not change by hand.",
        "version": VERSION,
        "corpus": fingerprint(),
        "endings": list(ENDINGS),
        "share": SHARE,
        "urgent": whole(model.urgent.intercept_[0]),
        "heads": [[name, whole(head.intercept_[0])] for name, head in heads.items()],
        "terms": {name: " ".join(map(str, numbers)) for name, numbers in terms.items()},
    }


def whole(number: float) -> int:
    """A number in whole thousandths."""
    return round(float(number) * SCALE)


def coarse(weight: float) -> int:
    """A weight to a tenth, in thousandths: some reach a hundred, and equal ones take up memory once."""
    return round(float(weight) * 10) * (SCALE // 10)


if __name__ == "__main__":
    sys.exit(main())
