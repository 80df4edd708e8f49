"""What stops Leeward from starting, said in one sentence."""


class CannotStart(Exception):  # noqa: N818 - read as what it says
    """Something is wrong with this installation, and nothing was changed.

    The message is one sentence for the person who runs the server: what is wrong and what they can do.
    The command line prints it and ends with exit code 1.
    """
