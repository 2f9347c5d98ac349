"""Plays recorded conversations through the released package's own environment, without a model.

Called as: upstream_env.py RELEASE_FOLDER DOMAIN RECORDING. For each line on standard input it plays all
conversations once and answers with one JSON line: CPU milliseconds a conversation for making the
environment, for its steps and for grading, and the rewards in the order of the recording.
"""

import gzip
import importlib.abc
import importlib.machinery
import json
import os
import sys
import time
import types

# Libraries for talking to models: the environment imports them and nothing here calls them.
UNUSED = {
    "anthropic", "dotenv", "google", "jinja2", "litellm", "mistralai", "openai", "requests",
    "tenacity", "termcolor", "tqdm",
}


class Anything:
    """Stands for whatever is imported from an unused library."""

    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, *args, **kwargs):
        return self

    def __getattr__(self, name):
        return Anything()


class EmptyModule(types.ModuleType):
    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything


class UnusedLibraries(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in UNUSED:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return EmptyModule(spec.name)

    def exec_module(self, module):
        pass


class RecordedCustomer:
    """Says what the recorded customer said."""

    def __init__(self):
        self.lines = iter(())

    def reset(self, instruction=None):
        return ""

    def step(self, content):
        return next(self.lines)

    def get_total_cost(self):
        return 0.0


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    return json.loads(data)


def actions_of(trajectory, action_class):
    """The agent's actions as upstream's tool-calling agent makes them, and the customer's lines."""
    actions, lines = [], []
    for message, following in zip(trajectory, trajectory[1:] + [None]):
        if message["role"] != "assistant":
            continue
        calls = message.get("tool_calls")
        if calls and calls[0]["function"] is not None:
            function = calls[0]["function"]
            kwargs = json.loads(function["arguments"])
            actions.append(action_class(name=function["name"], kwargs=kwargs))
        else:
            actions.append(action_class(name="respond", kwargs={"content": message["content"]}))
            lines.append(following["content"] if following else "")
    return actions, lines


def main():
    release, domain, recording = sys.argv[1:4]
    answers = sys.stdout
    sys.stdout = open(os.devnull, "w")
    sys.path.insert(0, release)
    sys.meta_path.insert(0, UnusedLibraries())

    import tau_trait.envs.base as base
    from tau_trait.envs import get_env
    from tau_trait.types import Action

    customer = RecordedCustomer()
    base.load_user = lambda **kwargs: customer
    conversations = read(recording)
    clock = time.process_time_ns

    for _ in sys.stdin:
        create = steps = grade = 0
        rewards = []
        for conversation in conversations:
            actions, lines = actions_of(conversation["traj"], Action)
            customer.lines = iter(lines)

            start = clock()
            env = get_env(
                domain, user_strategy="llm", user_model="", task_split="test",
                task_index=conversation["task_id"],
            )
            env.reset(task_index=conversation["task_id"])
            create += clock() - start

            grading = 0
            calculate_reward = env.calculate_reward

            def timed():
                nonlocal grading
                start = clock()
                result = calculate_reward()
                grading += clock() - start
                return result

            env.calculate_reward = timed
            reward = 0.0
            start = clock()
            for action in actions:
                response = env.step(action)
                if response.done:
                    reward = response.reward
                    break
            steps += clock() - start - grading
            grade += grading
            rewards.append(reward)
        count = len(conversations) * 1e6
        line = {
            "create_ms": create / count, "steps_ms": steps / count, "grade_ms": grade / count,
            "rewards": rewards,
        }
        print(json.dumps(line), file=answers, flush=True)


if __name__ == "__main__":
    main()
