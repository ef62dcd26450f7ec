"""`python -m capaian`, and what the command `capaian` calls."""

from __future__ import annotations

import capaian  # noqa: F401  (makes the program importable where it is installed as a package)


def main() -> None:
    """The command `capaian`."""
    from pipelines.cli import main as command

    command()


if __name__ == "__main__":
    main()
