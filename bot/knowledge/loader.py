"""The protocol in force: every data file read, checked and joined, or refused with everything that is wrong."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from bot.clinical.protocol import PairRule, Protocol, RegionFacts, SafetyItem, SafetySet
from bot.clinical.vocabulary import Finding, Region
from bot.knowledge.answers import read_faq, read_faq_sources
from bot.knowledge.canned import read_canned
from bot.knowledge.choice_ids import check_choices
from bot.knowledge.flag_classes import read_flag_classes
from bot.knowledge.languages import read_other_languages
from bot.knowledge.lint_rules import read_wording_rules
from bot.knowledge.overlay import lay_over
from bot.knowledge.pairs import read_pair_rules
from bot.knowledge.place import read_place
from bot.knowledge.playbooks import read_playbooks
from bot.knowledge.precautions import read_precautions, read_taps
from bot.knowledge.safety import read_items, read_sets
from bot.knowledge.shelf import HERE, Shelf, read_shelf
from bot.knowledge.sources import read_citations, read_findings
from bot.knowledge.told import lint_text, texts
from bot.knowledge.words import read_choices, read_cues, read_labels, read_section, read_where, read_wording

K = TypeVar("K")
V = TypeVar("V")


def load_protocol(*, language: str = "en", region: str = "ca-bc", overlay: Path | None = None) -> Protocol:
    """The protocol of a language and region, with the clinic's overlay; KnowledgeError names all that is wrong."""
    return load_from(HERE, language=language, region=region, overlay=overlay)


def load_from(root: Path, *, language: str, region: str, overlay: Path | None = None) -> Protocol:
    """The protocol that the data files below a folder describe."""
    protocol, shelf = assemble(root, language=language, region=region, overlay=overlay)
    shelf.problems.refuse()
    return protocol


def assemble(root: Path, *, language: str, region: str, overlay: Path | None = None) -> tuple[Protocol, Shelf]:
    """The protocol and the shelf it came from, whose problems say whether it may be used."""
    shelf = read_shelf(root, language=language, region=region)
    if overlay is None:
        return protocol_of(shelf), shelf
    shelf = lay_over(shelf, overlay)
    protocol = protocol_of(shelf, overlay=overlay)
    _refuse_wording(protocol, shelf, root)
    return protocol, shelf


def protocol_of(shelf: Shelf, *, overlay: Path | None = None) -> Protocol:
    """The protocol of a shelf; what may not be used is added to the shelf's problems."""
    citations = read_citations(shelf)
    read_findings(shelf, citations)
    check_choices(shelf)
    items, sets, pair_rules = _safety(shelf, citations)
    place = read_place(shelf)
    return Protocol(
        version=_version(shelf, overlay),
        language=shelf.language,
        region=place,
        items=_frozen(items),
        sets=sets,
        pair_rules=pair_rules,
        precautions=_frozen(read_precautions(shelf, citations)),
        precaution_taps=_frozen(read_taps(shelf)),
        wording=_frozen(read_wording(shelf)),
        choices=_choices(shelf, place),
        finding_labels=_by_finding(shelf, "findings"),
        finding_questions=_by_finding(shelf, "finding_lines"),
        region_labels=_by_region(shelf, "regions"),
        where_choices=_frozen(read_where(shelf)),
        faq=_frozen(read_faq(shelf)),
        scan_words=tuple(read_labels(shelf, "scan_words").values()),
        overlay=overlay.name if overlay else None,
        labels=_frozen(read_labels(shelf, "labels")),
        cues=_frozen(read_cues(shelf)),
        faq_sources=_frozen(read_faq_sources(shelf)),
        languages=_frozen(read_other_languages(shelf, citations)),
        playbooks=_frozen(read_playbooks(shelf, place, citations)),
        canned=_frozen(read_canned(shelf)),
    )


def _choices(shelf: Shelf, place: RegionFacts) -> Mapping[str, Mapping[str, str]]:
    """The choices with the region's age of majority filled in, for staff and patients read them as they stand."""
    facts = {"{age_of_majority}": str(place.age_of_majority)}
    return _frozen({group: _frozen(_filled(labels, facts)) for group, labels in read_choices(shelf).items()})


def _filled(labels: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, str]:
    filled = dict(labels)
    for name, value in facts.items():
        filled = {id: label.replace(name, value) for id, label in filled.items()}
    return filled


def _safety(
    shelf: Shelf, citations: Collection[str]
) -> tuple[dict[str, SafetyItem], tuple[SafetySet, ...], tuple[PairRule, ...]]:
    items = read_items(shelf, citations)
    sets = read_sets(shelf, items)
    pair_rules = read_pair_rules(shelf, items, citations)
    read_flag_classes(shelf, items=items, rules=pair_rules)
    return items, sets, pair_rules


def _refuse_wording(protocol: Protocol, shelf: Shelf, root: Path) -> None:
    """A clinic's texts are held to the wording rules when they are loaded, not only when the project is checked."""
    rules = read_wording_rules(root, shelf.language)
    shelf.problems.found.extend(problem for told in texts(protocol) for problem in lint_text(told, rules))


def _version(shelf: Shelf, overlay: Path | None) -> str:
    if overlay is None or not overlay.is_file():
        return shelf.version
    laid_over = sha256(overlay.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    return f"{shelf.version}+{laid_over[:16]}"


def _by_finding(shelf: Shelf, section: str) -> Mapping[Finding, str]:
    labels = read_section(shelf, section, [finding.value for finding in Finding])
    return _frozen({finding: labels.get(finding.value, "") for finding in Finding})


def _by_region(shelf: Shelf, section: str) -> Mapping[Region, str]:
    labels = read_section(shelf, section, [region.value for region in Region])
    return _frozen({region: labels.get(region.value, "") for region in Region})


def _frozen(mapping: Mapping[K, V]) -> Mapping[K, V]:
    return MappingProxyType(dict(mapping))
