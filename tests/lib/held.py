"""What Windows says where another program holds a file, for a system that never says so."""


def held(winerror: int = 32) -> PermissionError:
    """A sharing violation, or another answer by its number."""
    error = PermissionError(13, "Permission denied")
    error.winerror = winerror  # type: ignore[attr-defined]
    return error
