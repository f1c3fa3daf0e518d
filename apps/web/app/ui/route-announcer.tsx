import { useLocation } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

/** Says the title of a page that was reached without loading the document anew. */
export function RouteAnnouncer() {
  const { pathname } = useLocation();
  const first = useRef(pathname);
  const [title, setTitle] = useState("");
  useEffect(() => {
    if (first.current !== pathname) setTitle(document.title);
  }, [pathname]);
  return (
    <p className="visually-hidden" aria-live="assertive">
      {title}
    </p>
  );
}
