//! A small release in upstream's layout, made here: a shop with orders, four tools and a few tasks.

/// `get_info` of a tool without parameters beyond those given.
fn tool(class: &str, name: &str, parameter: &str, body: &str) -> String {
    format!(
        r#"import json
from typing import Any, Dict
from mini_bench.envs.tool import Tool


class {class}(Tool):
    @staticmethod
    def invoke(data: Dict[str, Any], {parameter}: str) -> str:
{body}

    @staticmethod
    def get_info() -> Dict[str, Any]:
        return {{
            "type": "function",
            "function": {{
                "name": "{name}",
                "description": "Work on an order.",
                "parameters": {{
                    "type": "object",
                    "properties": {{"{parameter}": {{"type": "string"}}}},
                    "required": ["{parameter}"],
                }},
            }},
        }}
"#
    )
}

pub const TOOL_BASE: &str = r#"import abc
from typing import Any


class Tool(abc.ABC):
    @staticmethod
    def invoke(*args, **kwargs):
        raise NotImplementedError

    @staticmethod
    def get_info() -> dict[str, Any]:
        raise NotImplementedError
"#;

pub const ENV: &str = r#"from mini_bench.envs.shop.data import load_data
from mini_bench.envs.shop.rules import RULES
from mini_bench.envs.shop.tools import ALL_TOOLS
from mini_bench.envs.shop.wiki import WIKI
from mini_bench.envs.base import Env
from mini_bench.envs.user import UserStrategy
from typing import Optional, Union


class MockShopDomainEnv(Env):
    def __init__(
        self,
        user_strategy: Union[str, UserStrategy] = UserStrategy.LLM,
        task_split: str = "test",
        task_index: Optional[int] = None,
    ):
        match task_split:
            case "test":
                from mini_bench.envs.shop.tasks_test import TASKS_TEST as tasks
            case "dev":
                from mini_bench.envs.shop.tasks_dev import TASKS_DEV as tasks
            case _:
                raise ValueError(f"Unknown task split: {task_split}")
        super().__init__(
            data_load_func=load_data,
            tools=ALL_TOOLS,
            tasks=tasks,
            wiki=WIKI,
            rules=RULES,
            user_strategy=user_strategy,
            task_index=task_index,
        )
        self.terminate_tools = ["transfer_to_human_agents"]
"#;

pub const DATA: &str = r#"import json
import os
from typing import Any

FOLDER_PATH = os.path.dirname(__file__)


def load_data() -> dict[str, Any]:
    with open(os.path.join(FOLDER_PATH, "orders.json")) as f:
        orders = json.load(f)
    notes_path = os.path.join(FOLDER_PATH, "notes.json")
    if os.path.exists(notes_path):
        with open(notes_path, "r") as f:
            notes = json.load(f)
    else:
        notes = []
    return {"orders": orders, "notes": notes}
"#;

pub const ORDERS: &str = r#"{"o1": {"order_id": "o1", "total": 12.50, "status": "paid"}, "o2": {"order_id": "o2", "total": 3, "status": "paid"}}"#;

pub const TASKS_TEST: &str = r####"from mini_bench.types import Task, Action
from mini_bench.envs.shop.data import load_data

DATA = load_data()
SHORT = "Be brief."


def _format_currency(value: float) -> str:
    """Two decimals."""
    return f"{value:.2f}"


def _total(order_id):
    return _format_currency(DATA["orders"][order_id]["total"])


TASKS_TEST = [
    # Task(user_id="nobody", instruction="left out", actions=[], outputs=[]),
    Task(
        annotator="0",
        user_id="u1",
        instruction="You want your money back for o1. " + SHORT,
        actions=[
            Action(name="get_order", kwargs={"order_id": "o1"}),
            {"name": "refund", "kwargs": {"order_id": "o1"}},
        ],
        outputs=[_total("o1")],
    ),
    Task(
        annotator="1",
        user_id="u1",
        instruction="""
        You ask what o2 costs.
        """,
        actions=[Action(name="get_order", kwargs={"order_id": "o2"})],
        outputs=["".join(("3", ""))],
    ),
]
"####;

/// The files of the release, without a folder around them.
pub fn files() -> Vec<(String, String)> {
    let get = "        orders = data[\"orders\"]\n        if order_id in orders:\n            return json.dumps(orders[order_id])\n        return \"Error: order not found\"";
    let refund = "        order = data[\"orders\"][order_id]\n        order[\"status\"] = \"refunded\"\n        return json.dumps(order)";
    let transfer = "        return \"Transfer successful\"";
    [
        ("setup.py", "setup(\n    name=\"mini_bench\",\n    version=\"0.3.0\",\n)\n".to_owned()),
        ("LICENSE", "MIT License\n\nPermission is hereby granted, free of charge, to any person.\nTHE SOFTWARE IS PROVIDED \"AS IS\".\n".to_owned()),
        ("mini_bench/__init__.py", String::new()),
        ("mini_bench/types.py", "from pydantic import BaseModel\n\n\nclass Action(BaseModel):\n    name: str\n\n\nclass Task(BaseModel):\n    user_id: str\n".to_owned()),
        ("mini_bench/envs/__init__.py", "from mini_bench.envs.base import Env\n".to_owned()),
        ("mini_bench/envs/base.py", "import random\n\n\nclass Env(object):\n    pass\n".to_owned()),
        ("mini_bench/envs/tool.py", TOOL_BASE.to_owned()),
        ("mini_bench/envs/shop/__init__.py", "from mini_bench.envs.shop.env import MockShopDomainEnv as MockShopDomainEnv\n".to_owned()),
        ("mini_bench/envs/shop/env.py", ENV.to_owned()),
        ("mini_bench/envs/shop/data/__init__.py", DATA.to_owned()),
        ("mini_bench/envs/shop/data/orders.json", ORDERS.to_owned()),
        ("mini_bench/envs/shop/wiki.md", "Refund what was paid.\r\n".to_owned()),
        ("mini_bench/envs/shop/wiki.py", "import os\n\nFOLDER_PATH = os.path.dirname(__file__)\n\nwith open(os.path.join(FOLDER_PATH, \"wiki.md\"), \"r\") as f:\n    WIKI = f.read()\n".to_owned()),
        ("mini_bench/envs/shop/rules.py", "RULES = [\n    \"Be kind.\",\n    \"Refund \" \"once.\",\n]\n".to_owned()),
        ("mini_bench/envs/shop/tools/__init__.py", "from .get_order import GetOrder\nfrom .refund import Refund\nfrom .transfer import Transfer\n\nALL_TOOLS = [\n    Refund,\n    GetOrder,\n    Transfer,\n]\n".to_owned()),
        ("mini_bench/envs/shop/tools/get_order.py", tool("GetOrder", "get_order", "order_id", get)),
        ("mini_bench/envs/shop/tools/refund.py", tool("Refund", "refund", "order_id", refund)),
        ("mini_bench/envs/shop/tools/transfer.py", tool("Transfer", "transfer_to_human_agents", "summary", transfer)),
        ("mini_bench/envs/shop/tasks_test.py", TASKS_TEST.to_owned()),
        ("mini_bench/envs/shop/tasks_dev.py", "from mini_bench.types import Task\n\nTASKS_DEV = [\n    Task(user_id=\"u2\", instruction=\"Say hello.\", actions=[], outputs=[]),\n]\n".to_owned()),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text))
    .collect()
}
