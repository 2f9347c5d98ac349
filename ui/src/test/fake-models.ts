// Providers, models and prices of the in-memory product.

import type { PriceInfo, ProviderInfo } from "../lib/api/generated";
import type { Handlers } from "./handlers";

type ModelCommands =
  "list_providers" | "list_models" | "list_prices" | "save_price" | "delete_price";

function provider(id: string, name: string, part: Partial<ProviderInfo>): ProviderInfo {
  return {
    id,
    name,
    kind: "openai_compatible",
    base_url: `https://api.${id}.example/v1`,
    needs_key: true,
    key_page: `https://${id}.example/keys`,
    demo_key: "",
    recommended: [],
    note: "",
    ...part,
  };
}

const providers: ProviderInfo[] = [
  provider("openai", "OpenAI", { recommended: ["gpt-4o", "gpt-4o-mini", "gpt-5"] }),
  provider("anthropic", "Anthropic", { kind: "anthropic", recommended: ["claude-sonnet"] }),
  provider("gemini", "Google", { kind: "gemini", recommended: ["gemini-2.5-flash"] }),
  ...["Mistral", "DeepInfra", "Together", "Fireworks", "Groq", "OpenRouter", "xAI"].map((name) =>
    provider(name.toLowerCase(), name, {}),
  ),
  provider("azure", "Azure OpenAI", {
    kind: "azure_openai",
    base_url: "https://{resource}.openai.azure.com",
    note: "Models are named by your own deployments.",
  }),
  provider("bedrock", "Amazon Bedrock", {
    kind: "bedrock",
    base_url: "https://bedrock-runtime.{region}.amazonaws.com",
    note: "The key is a Bedrock key, not an access key pair.",
  }),
  provider("vertex", "Google Vertex AI", {
    kind: "vertex",
    base_url: "https://{region}-aiplatform.googleapis.com/v1/projects/{project}/locations/{region}",
  }),
  provider("collinear", "Collinear steered customers", {
    kind: "steer",
    demo_key: "public-demo-key",
    note: "The key public-demo-key is public and not for production.",
  }),
  provider("ollama", "Ollama", {
    base_url: "http://localhost:11434/v1",
    needs_key: false,
    key_page: "",
    note: "Runs on this computer.",
  }),
  provider("other", "Another OpenAI-compatible address", {
    base_url: "",
    needs_key: false,
    key_page: "",
    note: "Anything that answers the OpenAI-compatible way.",
  }),
  provider("http-agent", "Your own agent (JSON over HTTP)", {
    kind: "outside_agent",
    base_url: "",
    needs_key: false,
    key_page: "",
    recommended: ["agent"],
    note: "An agent that you have built.",
  }),
  provider("vllm", "vLLM or RunPod", {
    base_url: "http://localhost:8000/v1",
    needs_key: false,
    key_page: "",
  }),
];

export function models(): Pick<Handlers, ModelCommands> {
  const shipped: PriceInfo[] = [
    { model: "gpt-4o", input: 2.5, output: 10, mine: false },
    { model: "gpt-4o-mini*", input: 0.15, output: 0.6, mine: false },
    { model: "mistral-small*", input: 0.1, output: 0.3, mine: false },
    ...Array.from({ length: 300 }, (_, index) => ({
      model: `model-${index}-with-a-name-as-long-as-some-services-make-them`,
      input: (index % 40) / 8,
      output: (index % 40) / 2,
      mine: false,
    })),
  ];
  let own: PriceInfo[] = [{ model: "qwen3-32b*", input: 0.4, output: 0.9, mine: true }];
  const table = () => ({ as_of: "2026-11-01", prices: [...own, ...shipped] });
  return {
    list_providers: () => providers,
    list_models: ({ endpoint }) =>
      endpoint === "house"
        ? {
            recommended: ["mistral-small", "qwen3-32b-instruct-with-a-name-that-is-long"],
            models: [
              { id: "mistral-small", note: "$0.10 read, $0.30 written per million" },
              { id: "qwen3-32b-instruct-with-a-name-that-is-long", note: "price not known" },
              ...Array.from({ length: 1000 }, (_, index) => ({
                id: `model-${index}`,
                note: index % 2 ? "" : `$${index / 100} read, $${index / 50} written per million`,
              })),
            ],
            message: "",
          }
        : {
            recommended: [],
            models: [],
            message: "Nobody answers at this address. Check it, and that the server runs.",
          },
    list_prices: table,
    save_price: ({ price }) => {
      own = [{ ...price, mine: true }, ...own.filter((each) => each.model !== price.model)];
      return table();
    },
    delete_price: ({ model }) => {
      own = own.filter((each) => each.model !== model);
      return table();
    },
  };
}
