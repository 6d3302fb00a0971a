// An application as the documentation (docs/embedding.md) tells people to write it.

import { useState } from "react";
import { createRoot } from "react-dom/client";
import "unstuck-help";

function App() {
  const [opened, setOpened] = useState(0);
  return (
    <>
      <h1>A sample application</h1>
      <p>Opened {opened} times.</p>
      <unstuck-help
        kb="/kb/oxvo.en.kb"
        config={{ linkBase: "/app" }}
        onunstuck-open={() => setOpened((count) => count + 1)}
      >
        <a href="/support">Contact support</a>
      </unstuck-help>
    </>
  );
}

createRoot(document.getElementById("root")).render(<App />);
