/** A route as far as methods are concerned. */
export interface Route {
  method: string;
  /** With `:name` parameters, as it stands in the request. */
  path: string;
}

/** Finds the methods that a path has; none for a path that nothing is mounted at. */
export function methodsOf(routes: readonly Route[]): (path: string) => string[] {
  const patterns = routes.map(({ method, path }) => ({
    method,
    form: new RegExp(`^${path.replaceAll("*", ".*").replace(/:[a-zA-Z]+/g, "[^/]+")}$`),
  }));
  return (path) => [...new Set(patterns.filter(({ form }) => form.test(path)).map(({ method }) => method))];
}
