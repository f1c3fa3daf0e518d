import type { OwnCompany } from "@boardroom/contract";
import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from "@remix-run/cloudflare";
import { findCompany } from "./companies.ts";
import { toThrown } from "./errors.ts";

interface CompanyArgs {
  api: AppLoadContext["api"];
  context: AppLoadContext;
  company: OwnCompany;
  request: Request;
  url: URL;
  params: Record<string, string>;
}

/** A loader of a page inside a company: finds the company of the address and maps the API's errors. */
export function companyLoader<T>(load: (args: CompanyArgs) => Promise<T>) {
  return async ({ context, request, params }: LoaderFunctionArgs): Promise<T> => {
    try {
      const company = await findCompany(context, params.company ?? "");
      return await load({
        api: context.api,
        context,
        company,
        request,
        url: new URL(request.url),
        params: defined(params),
      });
    } catch (error) {
      throw toThrown(error, request);
    }
  };
}

/** A loader of a page outside companies. */
export function boardLoader<T>(load: (args: LoaderFunctionArgs) => Promise<T>) {
  return async (args: LoaderFunctionArgs): Promise<T> => {
    try {
      return await load(args);
    } catch (error) {
      throw toThrown(error, args.request);
    }
  };
}

export type CompanyActionArgs = CompanyArgs & { form: FormData; intent: string };

/** What an action needs, for `act` of forms/act.ts. */
export async function readCompanyAction({ context, request, params }: ActionFunctionArgs): Promise<CompanyActionArgs> {
  const form = await request.formData();
  const company = await findCompany(context, params.company ?? "");
  return {
    api: context.api,
    context,
    company,
    request,
    url: new URL(request.url),
    params: defined(params),
    form,
    intent: String(form.get("intent") ?? ""),
  };
}

function defined(params: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
