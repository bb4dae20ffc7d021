"""The words for the models: one Markdown file each, and the loader.

A file opens with `version` and `inputs`, then has a `# system` and a `# user` part in which `{{ name }}` stands for an
input. Rendering is strict both ways: an input that is missing, undeclared or unused is an error.
"""

from prompts.loader import Prompt, PromptError, Rendered, fence_tag, load

__all__ = ["Prompt", "PromptError", "Rendered", "fence_tag", "load"]
