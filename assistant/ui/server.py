"""The web server: our FastAPI application, with Chainlit mounted beside `/health`.

Chainlit is imported late: it takes seconds, reads the environment and makes folders as it is imported.
"""

import asyncio
import gzip
import logging
import os
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Lifespan

from assistant.errors import GuidanceError, StoreUnavailable
from assistant.prompts import Texts, load_texts
from assistant.settings import PROJECT_DIR, Settings
from assistant.ui.cards import Labels, preferred_language
from assistant.ui.fence import NO_TELEMETRY, OnlyUsed, SameOrigin, SecurityHeaders, content_security_policy
from assistant.ui.own_files import elements_bundle, elements_path
from assistant.ui.page import apology_page, own_page, script_hashes

if TYPE_CHECKING:
    from assistant.build import Application
    from assistant.keeping.conversations import Conversations

logger = logging.getLogger(__name__)

# Open pages hold a web socket; they are not waited for any longer than this.
_LONGEST_GOODBYE_S = 2
_TIDY_EVERY_S = 600


def run(settings: Settings) -> None:
    """Build everything and serve until stopped.

    Without an index the server still starts, apologises and reports it on `/health`.
    """
    from assistant.build import build_application

    def built() -> "Application":
        application = build_application(settings)
        application.warm_up()
        return application

    with ThreadPoolExecutor(max_workers=1) as pool:
        building = pool.submit(built)
        import_chainlit()
        try:
            app = create_app(building.result())
        except GuidanceError as error:
            app = create_apology(error)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_LONGEST_GOODBYE_S,
    )


def create_app(application: "Application") -> FastAPI:
    """The server of one application; Chainlit allows one in a process at a time."""
    # It imports the whole product.
    from assistant.ui.api.app import PATH, make_api

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        tidying = asyncio.create_task(_keep_tidy(application.conversations))
        yield
        tidying.cancel()
        await application.aclose()

    app = _bare_app(lifespan)
    texts = load_texts(folder="ui")

    @app.get("/health")
    async def health() -> dict[str, object]:
        return {
            "status": "ok",
            "index": application.manifest.summary(),
            "model": application.model_name,
        }

    @app.get("/", response_class=HTMLResponse)
    async def page(request: Request) -> HTMLResponse:
        return _page_response(request.headers.get("accept-language", ""), texts)

    bundle = gzip.compress(elements_bundle())

    @app.get(elements_path())
    async def elements() -> Response:
        return Response(bundle, media_type="application/json", headers={"Content-Encoding": "gzip"})

    app.mount(PATH, SameOrigin(make_api(application, texts)))
    app.mount("/", OnlyUsed(_chainlit_app(application, texts)))
    return app


async def _keep_tidy(conversations: "Conversations") -> None:
    while True:
        try:
            await conversations.tidy()
        except StoreUnavailable as error:
            logger.error("saved conversations that have expired were not deleted: %s", error)
        await asyncio.sleep(_TIDY_EVERY_S)


def create_apology(error: GuidanceError) -> FastAPI:
    """The server when nothing could be built: a page that says so, and 503 on `/health`."""
    app = _bare_app()
    html = apology_page(error, load_texts(folder="ui"))

    @app.get("/health")
    async def health() -> JSONResponse:
        return JSONResponse({"status": "unavailable", "reason": str(error)}, status_code=503)

    @app.get("/", response_class=HTMLResponse)
    async def page() -> HTMLResponse:
        return HTMLResponse(html, status_code=503)

    return app


def _bare_app(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    # No pages of FastAPI's own: its documentation loads scripts from another host.
    app = FastAPI(
        title="Vägvisare",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        telemetry=NO_TELEMETRY,
    )
    app.add_middleware(SecurityHeaders)
    return app


def _page_response(accept_language: str, texts: Texts) -> HTMLResponse:
    from chainlit.server import get_html_template

    template = get_html_template("")  # type: ignore[no-untyped-call]
    html = own_page(template, Labels(texts, preferred_language(accept_language)))
    policy = content_security_policy(script_hashes(html))
    return HTMLResponse(html, headers={"Content-Security-Policy": policy, "Vary": "Accept-Language"})


def import_chainlit() -> None:
    """Import Chainlit for this project, wherever the process was started."""
    os.environ["CHAINLIT_APP_ROOT"] = str(PROJECT_DIR)
    os.environ["CHAINLIT_ROOT_PATH"] = "/"
    # Chainlit would put the variables of a .env file into the environment; settings.py reads it.
    os.environ["CHAINLIT_ENV_FILE"] = os.devnull
    # It pulls in a tracing package that reports its own use unless told not to.
    os.environ["TRACELOOP_TELEMETRY"] = "false"
    import chainlit.server  # noqa: F401


def _chainlit_app(application: "Application", texts: Texts) -> ASGIApp:
    import_chainlit()
    from chainlit.config import config
    from chainlit.logger import logger
    from chainlit.server import app

    from assistant.ui.app import Chat

    # With DATABASE_URL or LITERAL_API_KEY in the environment it would write down what is said by itself.
    config.code.data_layer = lambda: None
    logger.setLevel("ERROR")
    # The configuration file allows "light" and "dark" only; the page also knows "system".
    config.ui.default_theme = "system"
    Chat(application, texts).register()
    chainlit_app: ASGIApp = app
    return chainlit_app
