/** A request that QStash would refuse; answered as `{"error": message}`. */
export class QueueError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "QueueError";
    this.status = status;
  }
}
