"""A PostgreSQL server of our own in a temporary folder, reached by a socket in it and by no network."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# As root it must be someone else; Debian's package brings this user along.
_USER = "postgres"
_DEBIAN = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """The folder of PostgreSQL's programs; None where it is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return max((folder.parent for folder in _DEBIAN.glob("*/bin/initdb")), default=None)


@contextmanager
def postgres(bin_folder: Path) -> Iterator[str]:
    """Start a server; gives the address of its database."""
    with tempfile.TemporaryDirectory(prefix="pg-") as made:
        folder = Path(made)
        user = _USER if os.geteuid() == 0 else None
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)

        def run(program: str, *arguments: str) -> None:
            command = [str(bin_folder / program), "-D", str(folder / "data"), *arguments]
            with (folder / "output").open("a", encoding="utf-8") as output:
                # In its folder: the server closes what it was started with only if it can reopen it.
                subprocess.run(command, check=True, user=user, cwd=folder, stdout=output, stderr=output)

        run("initdb", "--auth=trust", "--username=keeper", "--no-sync")
        run("pg_ctl", "start", "--wait", "-o", f"-c listen_addresses='' -c fsync=off -k {folder}")
        try:
            yield f"postgresql://keeper@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "--wait", "--mode=immediate")
