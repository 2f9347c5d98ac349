// The only place that knows where the product runs: inside the desktop window, or behind the
// loopback server that tests use. Everything else calls `call`, `onTick`, `onDrop`.

import type { ApiError, Commands, Tick } from "./generated";

export type CommandName = keyof Commands;
export type Arguments<C extends CommandName> = Commands[C]["arguments"];
export type Result<C extends CommandName> = Commands[C]["result"];

interface Host {
  call(name: string, args: unknown): Promise<unknown>;
  onTick(listener: (tick: Tick) => void): () => void;
  onDrop?(listener: DropListener): () => void;
}

/** What happens to files that a person drags over the window. */
export interface DropListener {
  /** They are over the window, or not any more. */
  over(here: boolean): void;
  /** They were let go; the paths on this computer. */
  dropped(paths: string[]): void;
}

/** Whether a value is the error that commands reject with. */
export function isApiError(value: unknown): value is ApiError {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as ApiError).code === "string" &&
    typeof (value as ApiError).message === "string"
  );
}

/** Any failure as an `ApiError`, so that every screen shows errors the same way. */
export function toApiError(cause: unknown): ApiError {
  if (isApiError(cause)) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return {
    code: "internal",
    message: "The app could not do this. Nothing was lost; try it again.",
    detail,
    retryable: true,
    help: "",
  };
}

const desktop: Host = {
  async call(name, args) {
    const { invoke } = await import("@tauri-apps/api/core");
    return invoke("call", { name, arguments: args });
  },
  onTick(listener) {
    let stop: (() => void) | undefined;
    let stopped = false;
    void import("@tauri-apps/api/event")
      .then(({ listen }) => listen<Tick>("tick", (event) => listener(event.payload)))
      .then((unlisten) => {
        if (stopped) unlisten();
        else stop = unlisten;
      });
    return () => {
      stopped = true;
      stop?.();
    };
  },
  onDrop(listener) {
    let stop: (() => void) | undefined;
    let stopped = false;
    void import("@tauri-apps/api/webview")
      .then(({ getCurrentWebview }) =>
        getCurrentWebview().onDragDropEvent(({ payload }) => {
          if (payload.type === "enter" || payload.type === "leave") {
            listener.over(payload.type === "enter");
          } else if (payload.type === "drop") {
            listener.over(false);
            if (payload.paths.length > 0) listener.dropped(payload.paths);
          }
        }),
      )
      .then((unlisten) => {
        if (stopped) unlisten();
        else stop = unlisten;
      });
    return () => {
      stopped = true;
      stop?.();
    };
  },
};

const web: Host = {
  async call(name, args) {
    const response = await fetch(`/call/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(args),
    });
    const body: unknown = await response.json();
    if (!response.ok) throw body;
    return body;
  },
  onTick(listener) {
    if (typeof EventSource === "undefined") return () => {};
    const events = new EventSource("/events");
    events.onmessage = (event) => listener(JSON.parse(event.data as string) as Tick);
    return () => events.close();
  },
  // A page in a browser never learns the paths of dropped files; tests say them in an event.
  onDrop(listener) {
    const over = (event: Event) => listener.over((event as CustomEvent<boolean>).detail);
    const drop = (event: Event) => {
      listener.over(false);
      listener.dropped((event as CustomEvent<string[]>).detail);
    };
    window.addEventListener("drag-paths", over);
    window.addEventListener("drop-paths", drop);
    return () => {
      window.removeEventListener("drag-paths", over);
      window.removeEventListener("drop-paths", drop);
    };
  },
};

let host: Host = typeof window !== "undefined" && "__TAURI_INTERNALS__" in window ? desktop : web;

/** Puts another host in place; tests give an in-memory product. */
export function useHost(other: Host): void {
  host = other;
}

/** Asks the product to do something. Rejects with an `ApiError`. */
export async function call<C extends CommandName>(
  name: C,
  ...[args]: Arguments<C> extends Record<string, never> ? [] : [Arguments<C>]
): Promise<Result<C>> {
  try {
    return (await host.call(name, args ?? {})) as Result<C>;
  } catch (cause) {
    throw toApiError(cause);
  }
}

/** Hears of every change in a run until the returned function is called. */
export function onTick(listener: (tick: Tick) => void): () => void {
  return host.onTick(listener);
}

/** Hears of files dragged over and dropped on the window until the returned function is called. */
export function onDrop(listener: DropListener): () => void {
  return (host.onDrop ?? web.onDrop!)(listener);
}
