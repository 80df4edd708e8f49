"""A process that is to end with its parent does, by the kernel's signal and by looking."""

import subprocess
import sys

import pytest

from tests.processes import ROOT, is_gone, needs_proc
from tests.waiting import until

_CHILD = {
    "by the kernel's signal": "from app.parents import end_with; end_with(os.getppid())",
    "by looking": "from app.parents import end_by_looking; end_by_looking(os.getppid())",
}


@needs_proc
@pytest.mark.parametrize("how", _CHILD)
def test_a_child_ends_with_its_parent(how: str) -> None:
    child = f"import os, sys; {_CHILD[how]}; print(os.getpid(), flush=True); sys.stdin.read()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    process = subprocess.Popen(
        [sys.executable, "-c", parent], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    number = int(process.stdout.readline())
    assert not is_gone(number)
    process.kill()  # its own end of the pipe stays open here, so that nothing else ends the child
    process.wait()
    until(lambda: is_gone(number))
    process.stdin.close()
    process.stdout.close()
