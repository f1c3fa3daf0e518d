import { setFlagsFromString } from "node:v8";

// A runner shares its machine with the agents: it gives memory back early instead of growing as large as the machine lets it.
setFlagsFromString("--heap-growing-percent=10");
setFlagsFromString("--semi-space-growth-factor=1");
