// The keyboard and the mouse of the WebKit window, by the driver's own actions.

const KEYS = {
  Backspace: "\uE003", Tab: "\uE004", Enter: "\uE007", Shift: "\uE008", Control: "\uE009", Alt: "\uE00A", Escape: "\uE00C", Space: " ",
  PageUp: "\uE00E", PageDown: "\uE00F", End: "\uE010", Home: "\uE011", ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowRight: "\uE014",
  ArrowDown: "\uE015", Delete: "\uE017", Meta: "\uE03D",
};

/** The keyboard and the mouse, by the driver's own input. */
export function input(driver) {
  const keys = (actions) => driver.command("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  const value = (key) => KEYS[key] ?? key;
  const pointer = (actions) =>
    driver.command("POST", "/actions", { actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }] });
  const move = (x, y) => ({ type: "pointerMove", x: Math.round(x), y: Math.round(y), duration: 0, origin: "viewport" });
  return {
    keyboard: {
      async press(combination) {
        const all = combination === "+" ? ["+"] : combination.split("+");
        await keys([...all.map((key) => ({ type: "keyDown", value: value(key) })), ...all.reverse().map((key) => ({ type: "keyUp", value: value(key) }))]);
      },
      async type(text) {
        await keys([...text].flatMap((key) => [{ type: "keyDown", value: key }, { type: "keyUp", value: key }]));
      },
    },
    mouse: {
      move: (x, y) => pointer([move(x, y)]),
      click: (x, y) => pointer([move(x, y), { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }]),
    },
  };
}
