import "@fontsource/noto-sans/400.css";
import "@fontsource/noto-sans/600.css";
import "./scripts.css";
import "./app.css";
import { mount } from "svelte";
import App from "./App.svelte";

const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app element");

export default mount(App, { target });
