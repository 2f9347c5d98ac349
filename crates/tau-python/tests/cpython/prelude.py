import copy
import json
import math
from datetime import date, datetime, timedelta
from typing import Any, Dict, List, Optional


def greet(name, greeting="Hello"):
    return greeting + ", " + name


def total(first, *rest, scale=1, **named):
    return (first + sum(rest)) * scale, sorted(named.items())


def only(a, b, *, strict, loose=False):
    return [a, b, strict, loose]


class Lookup:
    @staticmethod
    def invoke(data: Dict[str, Any], user_id: str, limit: int = 10, tags: Optional[List[str]] = None) -> str:
        users = data["users"]
        if user_id not in users:
            return "Error: user not found"
        return json.dumps({"user": users[user_id], "limit": limit, "tags": tags})


class Count:
    @staticmethod
    def invoke(a, b, c, d):
        return a + b + c + d


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as e:
        return f"Error: {e}"
