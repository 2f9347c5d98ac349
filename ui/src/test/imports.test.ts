// Benchmarks and result files coming in: dropped, chosen, fetched, kept, removed.

import { render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";
import App from "../App.svelte";
import { useHost } from "../lib/api/host";
import { go } from "../lib/router.svelte";
import { arrivals } from "../lib/state/arrivals.svelte";
import { releasePreview } from "./fake-imports";
import { fakeHost } from "./fake-product";
import { user } from "./person";

let host: ReturnType<typeof fakeHost>;

function open(address: string, product?: Parameters<typeof fakeHost>[0]) {
  host = fakeHost(product);
  useHost(host);
  go(address, true);
  render(App);
}

const calls = (name: string) => host.calls.filter((call) => call.name === name);
const error = (message: string) => ({
  code: "storage",
  message,
  detail: "",
  retryable: true,
  help: "",
});

beforeEach(() => {
  arrivals.clear();
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 600 });
});

describe("a benchmark dropped on the window", () => {
  test("says while it is in the air that it can be let go", async () => {
    open("#/runs");
    await screen.findAllByTestId("run-row");
    host.drag(true);
    expect(await screen.findByTestId("drop-curtain")).toHaveTextContent("Let go");
    host.drag(false);
    await waitFor(() => expect(screen.queryByTestId("drop-curtain")).toBeNull());
  });

  test("is shown before it is kept, with what cannot be used", async () => {
    open("#/runs");
    host.drop("/home/someone/tau-trait");
    const preview = await screen.findByTestId("release-preview");
    expect(preview).toHaveTextContent("Version 0.1.1 · licence MIT");
    const row = within(preview).getByRole("row", { name: /retail/ });
    expect(row).toHaveTextContent("115");
    expect(row).toHaveTextContent("1,650 in 3 tables");
    expect(preview).toHaveTextContent("Its own wording of 4 prompts was found");
    const [fault] = within(preview).getAllByTestId("import-fault");
    expect(fault).toHaveTextContent("reschedule_appointment.py, line 41");
    expect(fault).toHaveTextContent("Asks the computer for the time");
    expect(calls("keep_release")).toHaveLength(0);
  });

  test("is kept under the name that was typed and marked in the list of domains", async () => {
    open("#/runs");
    host.drop("/home/someone/tau-trait");
    const name = await screen.findByTestId("source-name");
    await user.clear(name);
    await user.type(name, "mine");
    await user.click(screen.getByTestId("keep-release"));
    await waitFor(() => expect(location.hash).toBe("#/domains"));
    expect(calls("keep_release")[0]?.args).toEqual({
      path: "/home/someone/tau-trait",
      name: "mine",
    });
    const [first] = await screen.findAllByTestId("source");
    expect(within(first!).getByRole("heading")).toHaveTextContent("mine");
    expect(within(first!).getAllByText("new")).toHaveLength(4);
  });

  test("cannot be kept under a name that is none, and says when it would replace one", async () => {
    open("#/runs");
    host.drop("/home/someone/tau-trait");
    const name = await screen.findByTestId("source-name");
    await user.clear(name);
    await user.type(name, "My source");
    expect(screen.getByTestId("keep-release")).toBeDisabled();
    expect(screen.getByText(/Use small letters/)).toBeVisible();
    await user.clear(name);
    await user.type(name, "tau1");
    expect(screen.getByText(/is there already and would be replaced/)).toBeVisible();
    expect(screen.getByTestId("keep-release")).toHaveTextContent("Replace");
  });

  test("with a thousand faults draws only those in view", async () => {
    open("#/runs");
    host.drop("/home/someone/tau-many-faults");
    const preview = await screen.findByTestId("release-preview");
    expect(preview).toHaveTextContent("1,000 places");
    await user.click(within(preview).getByText("What cannot be used"));
    const faults = await within(preview).findAllByTestId("import-fault");
    expect(faults.length).toBeLessThan(40);
  });

  test("that holds no usable domain cannot be kept", async () => {
    open("#/runs", {
      look_at: ({ paths }) => ({
        release: { ...releasePreview(paths[0]!), domains: [] },
        results: [],
        unknown: [],
      }),
    });
    host.drop("/home/someone/tau-empty");
    expect(await screen.findByText(/None of its domains can be used/)).toBeVisible();
    expect(screen.queryByTestId("keep-release")).toBeNull();
  });

  test("that cannot be kept says why and stays", async () => {
    open("#/runs", {
      keep_release: () => {
        throw error("The disk is full. Make room, then keep it again.");
      },
    });
    host.drop("/home/someone/tau-trait");
    await user.click(await screen.findByTestId("keep-release"));
    expect(await screen.findByText(/The disk is full/)).toBeVisible();
    expect(screen.getByTestId("keep-release")).toBeEnabled();
  });

  test("is left alone by Cancel", async () => {
    open("#/runs");
    host.drop("/home/someone/tau-trait");
    await user.click(await screen.findByTestId("leave-release"));
    await waitFor(() => expect(location.hash).toBe("#/domains"));
    expect(calls("keep_release")).toHaveLength(0);
  });
});

describe("several things at once", () => {
  test("are sorted into benchmarks, result files and what was not recognised", async () => {
    open("#/runs");
    host.drop("/a/tau-trait", "/a/one.json", "/a/notes.txt");
    expect(await screen.findByTestId("unknown-files")).toHaveTextContent("notes.txt: neither");
    expect(screen.getByTestId("release-preview")).toBeVisible();
    expect(screen.getAllByTestId("result-file")).toHaveLength(1);
    await user.click(screen.getByTestId("open-results"));
    expect(await screen.findByTestId("opened-results")).toHaveTextContent("one.json");
    expect(screen.getByTestId("release-preview")).toBeVisible();
    expect(screen.queryByTestId("result-files")).toBeNull();
  });

  test("one that cannot be read does not keep the others out, and can be tried again", async () => {
    let broken = true;
    open("#/runs", {
      look_at: ({ paths }) => {
        if (broken && paths[0] === "/a/broken") throw error("This folder cannot be read.");
        return { release: null, results: [], unknown: [`${paths[0]} is something else.`] };
      },
    });
    host.drop("/a/broken", "/a/other");
    expect(await screen.findByText("This folder cannot be read.")).toBeVisible();
    expect(await screen.findByText("/a/other is something else.")).toBeVisible();
    broken = false;
    await user.click(screen.getByText("Try again"));
    expect(await screen.findByText("/a/broken is something else.")).toBeVisible();
  });
});

describe("result files", () => {
  test("say what they hold, and one opens as its run", async () => {
    open("#/runs");
    host.drop("/home/someone/one.json");
    const file = await screen.findByTestId("result-file");
    expect(file).toHaveTextContent("460 conversations");
    expect(file).toHaveTextContent("67 % success of 452 scored");
    await user.click(screen.getByTestId("open-results"));
    await waitFor(() => expect(location.hash).toMatch(/^#\/runs\/file/));
  });

  test("with problems name them beside the runs", async () => {
    open("#/runs", {
      open_results: () => ({ runs: [], problems: ["one.json: no conversation can be read."] }),
    });
    host.drop("/home/someone/one.json");
    await user.click(await screen.findByTestId("open-results"));
    expect(await screen.findByTestId("opened-results")).toHaveTextContent("no conversation");
  });
});

describe("domains", () => {
  test("files can be chosen instead of dropped", async () => {
    open("#/domains");
    await user.click(await screen.findByTestId("choose-folder"));
    expect(await screen.findByTestId("release-preview")).toBeVisible();
    expect(calls("choose_files")[0]?.args).toEqual({ folder: true });
  });

  test("are shown even when nobody can say where they came from", async () => {
    open("#/domains", {
      list_sources: () => {
        throw error("The list of sources cannot be read.");
      },
    });
    expect(await screen.findByText("The list of sources cannot be read.")).toBeVisible();
    expect(screen.getAllByTestId("domain-row")).toHaveLength(4);
    expect(screen.getByText("Imported")).toBeVisible();
  });

  test("an imported source is removed only after asking", async () => {
    open("#/domains");
    await user.click(await screen.findByTestId("remove-source"));
    expect(calls("delete_source")).toHaveLength(0);
    await user.click(await screen.findByTestId("confirm-remove-source"));
    await waitFor(() => expect(screen.queryByTestId("source")).toBeNull());
    expect(screen.getAllByTestId("domain-row")).toHaveLength(3);
  });

  test("a published release is fetched, stopped, goes on and is kept", async () => {
    open("#/domains");
    const row = async () =>
      (await screen.findAllByTestId("release")).find((each) =>
        each.textContent!.includes("tau-bench"),
      )!;
    expect(await row()).toHaveTextContent("revision 59a200c6d575 · licence MIT · 41 MB");
    await user.click(within(await row()).getByTestId("fetch-release"));
    await waitFor(async () => expect(await row()).toHaveAttribute("data-state", "fetching"));
    await user.click(within(await row()).getByTestId("stop-fetching"));
    await waitFor(async () => expect(await row()).toHaveTextContent("Stopped at"));
    await user.click(within(await row()).getByText("Go on"));
    await waitFor(async () => expect(await row()).toHaveTextContent("Kept as “tau-bench”"), {
      timeout: 8000,
    });
    const [first] = screen.getAllByTestId("source");
    expect(first).toHaveTextContent("tau-bench");
    expect(within(first!).getAllByText("new").length).toBeGreaterThan(0);
  }, 12_000);

  test("a download that failed says why and goes on", async () => {
    open("#/domains");
    expect(await screen.findByTestId("fetch-problem")).toHaveTextContent("broke off");
  });
});
