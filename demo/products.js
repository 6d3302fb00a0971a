// The four products of the demo: what both pages need of each. The pages of a product's settings
// area are in pages.js.

/** Ids in the order of the switch. */
export const PRODUCTS = {
  scopien: {
    name: "Scopien AI",
    mark: ["M5 14.5c3-9 7-9 10 0", "M10 4.2v.01"],
    plan: "Professional",
    context: {
      workspace: "Northwind Trading",
      account: "Northwind Trading",
      account_email: "mara.lind@northwind.example",
      workflow_name: "Lead routing",
    },
  },
  cic: {
    name: "CIC portal",
    mark: ["M14.5 6.2a6 6 0 1 0 0 7.6", "M10 10h.01"],
    plan: "Professional",
    context: { workspace: "Northwind Trading", company: "Northwind Trading" },
  },
  oxvo: {
    name: "OXVO",
    mark: ["M5 5l10 10", "M15 5L5 15"],
    plan: "Professional",
    context: { workspace: "Northwind Shop", account: "Northwind Trading" },
  },
  dialler: {
    name: "Dialler",
    mark: ["M6 4.5v11", "M10 7v6", "M14 5.5v9"],
    plan: "Professional",
    context: {
      workspace: "Northwind Trading",
      campaign_id: "cmp_7c41e09a",
      bot: "Winter check-in",
      number_pool: "3 numbers",
      concurrency: 4,
      window: "09:00-18:00",
      working_days: "Mon-Fri",
      csv: "winter-leads.csv",
      pending: 412,
      retries_left: 58,
    },
  },
};

/** The person whom both pages take for signed in. The product page gives the e-mail address too. */
export const PERSON = { id: "u-2041", name: "Mara Lind", initials: "ML", email: "mara.lind@northwind.example" };

/** The product that a page is about; the first one when the address names none that exists. */
export function productOf(name) {
  return Object.hasOwn(PRODUCTS, name ?? "") ? name : "scopien";
}

/**
 * Points a widget at a product: pack, status feed, and where deep links lead. `?lang=de` on the page
 * shows it in another language; the cic knowledge base is there in German, too.
 */
export function aim(widget, product, feed = `/demo/feeds/${product}.json`) {
  const lang = new URLSearchParams(location.search).get("lang");
  if (lang) widget.setAttribute("locale", lang);
  if (product === "cic") widget.setAttribute("kb-locales", "en de");
  widget.setAttribute("kb", `/unstuck/kb/${product}.${product === "cic" ? "{locale}" : "en"}.kb`);
  widget.setAttribute("status", feed);
  widget.setAttribute("contact-endpoint", "/api/reports");
  widget.setAttribute("plan", PRODUCTS[product].plan);
  widget.setAttribute("config", JSON.stringify({ linkBase: `/product/${product}` }));
}
