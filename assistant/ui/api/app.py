"""The API as an application of its own, to be mounted."""

from fastapi import APIRouter, FastAPI

from assistant import __version__
from assistant.agent.own_data.importing import MOST_BYTES
from assistant.build import Application
from assistant.prompts import Texts, load_texts
from assistant.ui.api import files, manual, own_data, taking_along, talking
from assistant.ui.api.problems import Problem, tell_problems
from assistant.ui.fence import NO_TELEMETRY

PATH = "/api/v1"

_DESCRIPTION = (
    "The guide of the page for other programs. Nothing is stored without consent: a conversation is in "
    "memory, and gone after some hours without a word. The id of a conversation is all that it takes to "
    "read it, so treat it as a password. No key is needed. Requests from pages of other sites are refused."
)


def make_api(application: Application, texts: Texts) -> FastAPI:
    """The API of one application.

    Args:
        application: What is served.
        texts: Those of the page.
    """
    api = FastAPI(
        title="Vägvisare",
        version=__version__,
        description=_DESCRIPTION,
        # FastAPI's own pages of documentation load scripts from another host.
        docs_url=None,
        redoc_url=None,
        telemetry=NO_TELEMETRY,
        responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}},
    )
    api.state.application = application
    api.state.texts = texts
    api.state.export_texts = load_texts(folder="exports")
    tell_problems(api, texts, application.texts)
    in_json = APIRouter(max_body_size=MOST_BYTES)
    for routes in (talking, own_data, taking_along):
        in_json.include_router(routes.router)
    api.include_router(in_json)
    api.include_router(files.router)
    manual.add_manual(api)
    return api
