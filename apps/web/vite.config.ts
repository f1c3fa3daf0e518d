import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  // One copy of the contract in the Worker: its error class and schemas are shared with the API.
  ssr: { external: ["@boardroom/contract"] },
  build: { target: "es2022", assetsInlineLimit: 0 },
});
