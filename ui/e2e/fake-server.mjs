// Serves ui/dist with the in-memory product of the tests behind it: for looking at screens
// without the Rust side. `node e2e/fake-server.mjs [port]`.
import { readFile } from "node:fs/promises";
import { createServer as createHttp } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer as createVite } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
/** The built interface; another folder in `UI_DIST`. */
const dist = process.env.UI_DIST ?? join(root, "dist");
const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};
// The same rules as the desktop window, with the loopback server in place of its own channel.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'";

/** Starts it and gives its address and the way to stop it. */
export async function serveFake(port = 0) {
  const vite = await createVite({
    root,
    server: { middlewareMode: true, ws: false, hmr: false },
    appType: "custom",
    logLevel: "error",
  });
  const { fakeHost } = await vite.ssrLoadModule("/src/test/fake-product.ts");
  const host = fakeHost();
  /** A started run is over after a second, as far as the interface can tell. */
  const finishSoon = (id) =>
    setTimeout(async () => {
      await host.call("finish_run", { id });
      host.tick(id);
    }, 1000);
  const server = createHttp(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    if (path === "/events") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(": here\n\n");
      const stop = host.onTick((tick) => response.write(`data: ${JSON.stringify(tick)}\n\n`));
      request.on("close", stop);
      return;
    }
    if (path.startsWith("/call/")) {
      let body = "";
      for await (const part of request) body += part;
      try {
        const answer = await host.call(path.slice(6), JSON.parse(body || "{}"));
        if (path === "/call/start_run") finishSoon(answer.id);
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify(answer));
      } catch (error) {
        response.writeHead(400, { "content-type": "application/json" });
        response.end(
          JSON.stringify(error.code ? error : { code: "internal", message: String(error) }),
        );
      }
      return;
    }
    try {
      const file = normalize(path === "/" ? "/index.html" : path);
      const content = await readFile(join(dist, file));
      response.writeHead(200, {
        "content-type": types[extname(file)] ?? "application/octet-stream",
        "content-security-policy": policy,
      });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await vite.close();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await serveFake(Number(process.argv[2] ?? 4180));
  console.log(address);
}
