"""What surrounds every response: security headers, and only those of Chainlit's paths that are in use."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from fastapi.telemetry import TelemetryConfig
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.ui.own_files import files_version

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SOCKET = "/ws/socket.io"
_PERSONAL = "/api/"
_PICTURES = ("/favicon", "/logo", "/public/favicon")
_USED = {
    "GET": (
        "/assets/",
        "/public/",
        "/project/translations",
        "/project/settings",
        "/auth/config",
        "/user",
        "/favicon",
        "/logo",
        _SOCKET,
    ),
    "POST": ("/project/action", "/set-session-cookie", _SOCKET),
}


# FastAPI would hand addresses, bodies and errors to any OpenTelemetry provider that the process has.
NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


def content_security_policy(script_sources: Iterable[str] = ()) -> str:
    """The policy of the pages: nothing from and nothing to any other host.

    Chainlit compiles the elements of `public/elements/` in the browser, which takes 'unsafe-eval';
    its components set styles inline.

    Args:
        script_sources: Hashes of the page's own inline scripts.
    """
    scripts = " ".join(("'self'", "'unsafe-eval'", *script_sources))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """Adds the headers to every response that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", content_security_policy())
                if scope["path"].startswith(_PERSONAL):
                    headers["Cache-Control"] = "no-store"
                headers.setdefault("Cache-Control", _cache_control(scope))
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _cache_control(scope: Scope) -> str:
    path: str = scope["path"]
    # The addresses of these files hold a hash of their content.
    is_own = path.startswith("/public/") and scope.get("query_string") == f"v={files_version()}".encode()
    if is_own or path.startswith("/assets/"):
        return "public, max-age=31536000, immutable"
    return "public, max-age=86400" if path.startswith(_PICTURES) else "no-cache"


class OnlyUsed:
    """Lets through what the page needs of Chainlit, and only from the page itself.

    Chainlit is no longer maintained: what is not reachable cannot be attacked. A foreign origin is
    refused because Chainlit's web socket takes any.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._same_origin = SameOrigin(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            return
        if not _is_used(scope):
            await _refuse(scope, receive, send, status=404)
        else:
            await self._same_origin(scope, receive, send)


class SameOrigin:
    """Refuses what pages of other sites ask for; programs send no origin and are let through."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "lifespan" and not _is_same_origin(Headers(scope=scope)):
            await _refuse(scope, receive, send, status=403)
        else:
            await self._app(scope, receive, send)


def _is_used(scope: Scope) -> bool:
    method = scope.get("method", "GET")
    path: str = scope["path"]
    return path.startswith(_USED.get("GET" if method == "HEAD" else method, ()))


def _is_same_origin(headers: Headers) -> bool:
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


async def _refuse(scope: Scope, receive: Receive, send: Send, *, status: int) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse("", status_code=status)(scope, receive, send)
