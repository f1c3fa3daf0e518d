import { companyLoader } from "../../server/board.ts";

const pieceBytes = 1024 * 1024;

/** A run's whole log as a file: read piece by piece while it is sent, so that its size is no matter. */
export const loader = companyLoader(async ({ api, params }) => {
  const id = params.run ?? "";
  const read = (offset: number) =>
    api.call("runLogs.read", { params: { id }, query: { offset, limitBytes: pieceBytes } });
  // The first piece is read before the answer begins: what may not be seen is an error page, not half a file.
  let piece = await read(0);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (piece.content !== "") controller.enqueue(encoder.encode(piece.content));
      if (piece.content === "" || piece.nextOffset >= piece.totalBytes) return controller.close();
      piece = await read(piece.nextOffset);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": `attachment; filename="run-${id}.log"`,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  });
});
