"""The tools that the model calls. Their docstrings are prompts: the model reads them."""

from assistant.agent.tools.toolbox import Toolbox

__all__ = ["Toolbox"]
