"""Command line: `python -m assistant chat | link | evaluate | serve`."""

import argparse
import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.language import Language
from assistant.errors import GuidanceError
from assistant.settings import PROJECT_DIR, Settings

if TYPE_CHECKING:
    from assistant.retrieval.corpus_ranker import MakeRanker
    from assistant.retrieval.knowledge import Knowledge
    from assistant.retrieval.linker import LinkedConcept, Linker

CV_CASES = PROJECT_DIR / "tests" / "evals" / "cvs" / "cvs.yaml"
_MESSAGES = PROJECT_DIR / "tests" / "evals" / "messages.jsonl"
_EDUCATION_PAIRS = PROJECT_DIR / "tests" / "evals" / "education_pairs.yaml"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the process's exit code."""
    options = _parser().parse_args(arguments)
    settings = _settings(options)
    logging.basicConfig(level=settings.log_level, format="%(levelname)s %(name)s: %(message)s")
    # It logs at a level of its own, whatever the root logger's is.
    logging.getLogger("bm25s").setLevel(settings.log_level)
    try:
        return int(options.run(options, settings) or 0)
    except GuidanceError as error:
        print(f"assistant: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant", description="Vägvisare, a career guide.")
    commands = parser.add_subparsers(required=True)

    chat = commands.add_parser("chat", help="talk in the terminal")
    chat.add_argument("--lang", choices=["auto", "sv", "en"], default="auto", help="language to begin in")
    chat.add_argument("--model", help="guide, or <provider>:<name> (default: MODEL)")
    chat.add_argument("--prompts", help="variant in prompts/variants/ (default: PROMPTS)")
    chat.add_argument("--json", action="store_true", help="JSON objects in and out, one a line")
    chat.set_defaults(run=_chat)

    link = commands.add_parser("link", help="map a phrase to concepts")
    link.add_argument("text")
    link.add_argument("--type", choices=["occupation", "skill"], default="occupation")
    link.add_argument("--top", type=int, default=10, metavar="N")
    link.add_argument("--json", action="store_true", help="print one JSON list")
    link.set_defaults(run=_link)

    _add_evaluations(commands.add_parser("evaluate", help="measure"))

    serve = commands.add_parser("serve", help="start the web server")
    serve.set_defaults(run=_serve)
    return parser


def _add_evaluations(command: argparse.ArgumentParser) -> None:
    evaluate = command.add_subparsers(required=True)
    phrases = evaluate.add_parser("phrases", help="phrases to SSYK groups, by language")
    phrases.add_argument("file", type=Path)
    phrases.set_defaults(run=_evaluate_phrases)
    linking = evaluate.add_parser("linking", help="queries to the texts of a corpus")
    for name in ("queries", "corpus", "qrels"):
        linking.add_argument(f"--{name}", type=Path, required=True, metavar="TSV")
    linking.set_defaults(run=_evaluate_linking)

    calibration = evaluate.add_parser("calibration", help="probabilities of the same phrases' links")
    calibration.add_argument("file", type=Path)
    calibration.set_defaults(run=_evaluate_calibration)

    cvs = evaluate.add_parser("cvs", help="CV files to what is in them")
    cvs.add_argument("cases", type=Path, nargs="?", default=CV_CASES, help="set with its gold")
    cvs.add_argument(
        "--files", type=Path, help="folder of the files (default: made by make_cvs.py beside the set)"
    )
    cvs.set_defaults(run=_evaluate_cvs)

    mentions = evaluate.add_parser("mentions", help="whole messages to experiences")
    mentions.add_argument("--cases", type=Path, default=_MESSAGES, help="JSON lines (default: our own set)")
    mentions.set_defaults(run=_evaluate_mentions)

    readability = evaluate.add_parser("readability", help="how hard our texts are to read")
    readability.set_defaults(run=_evaluate_readability)

    paths = evaluate.add_parser("paths", help="suggested paths: held-out relations, or written profiles")
    paths.add_argument("--profiles", type=Path, metavar="JSONL", help="JSON lines, one profile each")
    paths.set_defaults(run=_evaluate_paths)

    educations = evaluate.add_parser("educations", help="occupations and places to educations")
    educations.add_argument(
        "--base-url",
        required=True,
        metavar="URL",
        help="where all public sources are served, each by its name",
    )
    educations.add_argument(
        "--pairs", type=Path, default=_EDUCATION_PAIRS, help="YAML (default: our own set)"
    )
    educations.add_argument("--missed", action="store_true", help="first print what was not found")
    educations.set_defaults(run=_evaluate_educations)


def _evaluate_readability(options: argparse.Namespace, settings: Settings) -> None:
    from assistant.evaluation.readability import evaluate_readability

    print(json.dumps(evaluate_readability(), ensure_ascii=False))


def _settings(options: argparse.Namespace) -> Settings:
    given = {name: getattr(options, name, None) for name in ("model", "prompts")}
    return Settings().model_copy(update={name: value for name, value in given.items() if value})


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.build import build_application
    from assistant.terminal import chat, chat_json

    application = build_application(settings)
    application.warm_up()
    language = Language.SV if options.lang == "auto" else Language(options.lang)
    talk = chat_json if options.json else chat
    asyncio.run(talk(application, language))
    return 0


def _link(options: argparse.Namespace, settings: Settings) -> None:
    linker = _linker(settings)
    find = linker.occupations if options.type == "occupation" else linker.skills
    concepts = find(options.text, top_k=options.top)
    if options.json:
        print(json.dumps([_concept_object(concept) for concept in concepts], ensure_ascii=False))
        return
    for concept in concepts:
        label = concept.preferred_label
        print(f"{concept.rank:>2}  {concept.score:.3f}  {concept.ssyk_code:4}  {label.sv} / {label.en}")


def _concept_object(concept: "LinkedConcept") -> dict[str, object]:
    return {
        "rank": concept.rank,
        "concept_id": concept.concept_id,
        "type": concept.type.value,
        "label_sv": concept.preferred_label.sv,
        "label_en": concept.preferred_label.en,
        "ssyk": concept.ssyk_code,
        "score": round(concept.score, 4),
        "probability": round(concept.probability, 4),
    }


def _linker(settings: Settings) -> "Linker":
    return _knowledge(settings).linker


def _knowledge(settings: Settings) -> "Knowledge":
    from assistant.retrieval.encoder import make_encoder
    from assistant.retrieval.knowledge import open_knowledge
    from assistant.retrieval.reranker import make_reranker

    encoder, reranker = make_encoder(settings.encoder), make_reranker(settings.reranker)
    return open_knowledge(settings.index_dir, encoder, reranker=reranker)


def _evaluate_phrases(options: argparse.Namespace, settings: Settings) -> None:
    from assistant.evaluation.phrases import evaluate_phrases, read_phrases

    print(json.dumps(evaluate_phrases(_linker(settings), read_phrases(options.file))))


def _evaluate_linking(options: argparse.Namespace, settings: Settings) -> None:
    from assistant.evaluation.linking import evaluate_linking, read_linking_set

    linking_set = read_linking_set(options.queries, options.corpus, options.qrels)
    print(json.dumps(evaluate_linking(linking_set, _corpus_ranker(settings))))


def _corpus_ranker(settings: Settings) -> "MakeRanker":
    from assistant.retrieval.corpus_ranker import ranker_maker
    from assistant.retrieval.encoder import make_encoder

    return ranker_maker(settings.index_dir, make_encoder(settings.encoder))


def _evaluate_calibration(options: argparse.Namespace, settings: Settings) -> None:
    from assistant.evaluation.calibration import evaluate_calibration
    from assistant.evaluation.phrases import read_phrases

    print(json.dumps(evaluate_calibration(_linker(settings), read_phrases(options.file))))


def _evaluate_cvs(options: argparse.Namespace, settings: Settings) -> None:
    from assistant.evaluation.cvs import evaluate_cvs, files_of, read_cases

    with files_of(options.cases, options.files) as folder:
        print(json.dumps(evaluate_cvs(_linker(settings), read_cases(options.cases), folder)))


def _evaluate_mentions(options: argparse.Namespace, settings: Settings) -> None:
    from assistant.evaluation.mentions import mention_figures, read_cases, read_message_cases

    cases = read_message_cases(options.cases)
    print(json.dumps(mention_figures(read_cases(_linker(settings), cases))))


def _evaluate_paths(options: argparse.Namespace, settings: Settings) -> None:
    from assistant.evaluation.paths import profile_figures, read_profiles, relation_figures
    from assistant.guidance.matching import Matcher

    knowledge = _knowledge(settings)
    catalogue = knowledge.catalogue
    if options.profiles:
        matcher = Matcher(catalogue.groups, catalogue.skills)
        print(json.dumps(profile_figures(knowledge, matcher, read_profiles(options.profiles))))
        return
    print(json.dumps(relation_figures(catalogue)))


def _evaluate_educations(options: argparse.Namespace, settings: Settings) -> None:
    from assistant.evaluation.educations import education_figures, find_at, read_pairs

    found = asyncio.run(find_at(settings, options.base_url, read_pairs(options.pairs)))
    for pair in found if options.missed else ():
        print(pair.pair.ssyk, pair.pair.place, f"{pair.recall:.2f}", pair.rights, pair.missed)
    print(json.dumps(education_figures(found)))


def _serve(options: argparse.Namespace, settings: Settings) -> None:
    from assistant.ui.server import run

    run(settings)
