import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";

interface Toast {
  text: string;
  undo?: (() => void) | undefined;
}

const ToastContext = createContext<(toast: Toast) => void>(() => undefined);
const shownMs = 6000;

/** Says something in passing; `undo` offers the way back while it shows. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

export function Toasts({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<Toast & { at: number }>();
  const count = useRef(0);
  const show = useCallback((next: Toast) => {
    count.current += 1;
    setToast({ ...next, at: count.current });
  }, []);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => setToast(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <ToastContext.Provider value={useMemo(() => show, [show])}>
      {children}
      <div className="toasts" aria-live="polite">
        {toast && (
          <div className="toast" key={toast.at}>
            <span>{toast.text}</span>
            {toast.undo && (
              <button
                type="button"
                onClick={() => {
                  toast.undo?.();
                  setToast(undefined);
                }}
              >
                Undo
              </button>
            )}
          </div>
        )}
      </div>
    </ToastContext.Provider>
  );
}
