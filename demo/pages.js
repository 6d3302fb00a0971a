// The screens of each product's demo, by path. Every deep link of the knowledge bases leads to one
// of them (a test compares the two). A control is [kind, id, label, value, hint].

const scopien = [
  ["/home", "Home", "What your team asked and answered this week.", [
    ["state", "pipeline", "Open pipeline", "€ 1.24 M in 86 opportunities"],
    ["state", "answers", "AI answers this week", "318, of which 94 % were kept as they were"],
    ["state", "last-sync", "Last sync with Salesforce", "18 minutes ago"],
  ]],
  ["/workflows", "Workflows", "What runs by itself.", [
    ["log", "workflows", "Your workflows", [["Lead routing", "Active", "Ran 12 minutes ago"], ["Renewal reminder", "Active", "Ran yesterday"], ["Win-back mail", "Inactive", "Never ran"]]],
    ["button", "new-workflow", "New workflow"],
  ]],
  ["/workflows/Lead routing/logs", "Workflows → Lead routing → Logs", "Each run, the newest first.", [
    ["field", "log-search", "Search in the log", "Trigger conditions not met"],
    ["log", "runs", "Runs", [["09:58", "Done", "2 records changed"], ["09:41", "Skipped", "Trigger conditions not met"], ["09:12", "Done", "1 record changed"]]],
  ]],
  ["/workflows/Lead routing/test", "Workflows → Lead routing → Test", "Try the workflow on a record without changing it.", [
    ["select", "record", "Record", ["Acme GmbH, lead", "Brightside Ltd, lead"]],
    ["button", "run-test", "Run test", "Test finished: all conditions hold."],
  ]],
  ["/settings/integrations/salesforce", "Settings → Integrations → Salesforce", "The connection with your Salesforce org.", [
    ["state", "connection", "Connection", "Active", "operational"],
    ["state", "last-sync", "Last sync", "18 minutes ago"],
    ["switch", "auto-sync", "Sync by itself", true, "Records are compared all day."],
    ["button", "reconnect", "Reconnect", "Connected again."],
  ]],
  ["/settings/integrations/salesforce/objects", "Settings → Integrations → Salesforce → Objects", "Which objects come across.", [
    ["checks", "objects", "Objects", ["Accounts", "Contacts", "Opportunities", "Leads"]],
    ["button", "save-objects", "Save", "Saved."],
  ]],
  ["/settings/integrations/sync-now", "Settings → Integrations → Sync Now", "Compare all records once, now.", [
    ["state", "last-sync", "Last full sync", "Today, 03:00"],
    ["button", "sync-now", "Sync Now", "Sync started. It takes a few minutes."],
  ]],
  ["/settings/integrations/connect-salesforce", "Settings → Integrations → Connect Salesforce", "Link another org or a sandbox.", [
    ["select", "org-kind", "Kind of org", ["Production", "Sandbox"]],
    ["button", "connect", "Connect Salesforce", "Salesforce opens in a window of its own."],
  ]],
  ["/settings/logs/sync-logs", "Settings → Logs → Sync Logs", "What came across, and what did not.", [
    ["select", "log-level", "Show", ["Everything", "Errors only"]],
    ["log", "sync-log", "Entries", [["09:42", "Done", "128 records"], ["08:42", "Done", "97 records"], ["07:42", "Warning", "2 records skipped: field missing"]]],
  ]],
  ["/settings/customize-dashboard/remove", "Settings → Customize Dashboard → Remove", "Take off what you do not look at.", [
    ["checks", "widgets", "On your dashboard", ["Pipeline by stage", "Forecast", "Activity heat map", "Team leaderboard"]],
    ["button", "remove-widgets", "Remove", "Removed."],
  ]],
  ["/settings/performance/cache-settings", "Settings → Performance → Cache Settings", "Keep results ready for the next look.", [
    ["switch", "cache", "Keep results ready", true],
    ["button", "clear-cache", "Clear cache", "The cache is empty."],
  ]],
  ["/settings/data-filters", "Settings → Data Filters", "Which records everyone sees.", [
    ["select", "owner", "Owner", ["Anyone", "My team", "Me"]],
    ["select", "period", "Created", ["Any time", "Last 12 months", "Last 30 days"]],
    ["button", "clear-filters", "Clear filters", "All records are shown."],
  ]],
  ["/settings/data-quality/deduplication", "Settings → Data Quality → Deduplication", "Find records that are there twice.", [
    ["switch", "dedupe", "Look for duplicates each night", false],
    ["button", "find-duplicates", "Find duplicates", "3 pairs found."],
  ]],
  ["/settings/data-export", "Settings → Data Export", "Take your data with you.", [
    ["select", "format", "Format", ["CSV", "JSON"]],
    ["button", "export", "Export", "You will get an e-mail with the link."],
  ]],
  ["/settings/billing/upgrade-plan", "Settings → Billing → Upgrade Plan", "What your plan holds, and what the next one adds.", [
    ["state", "plan", "Your plan", "Professional"],
    ["select", "next-plan", "Change to", ["Enterprise"]],
    ["button", "upgrade", "Upgrade", "Nothing is charged in this demo."],
  ]],
  ["/settings/billing/cancel-subscription", "Settings → Billing → Cancel Subscription", "End your plan at the end of its period.", [
    ["field", "reason", "What made you decide", ""],
    ["button", "cancel-plan", "Cancel Subscription", "Nothing is cancelled in this demo."],
  ]],
];

const cic = [
  ["/dashboard/org-company-selector", "Dashboard → org/company selector", "Whose numbers the dashboard shows.", [
    ["select", "company", "Company", ["Northwind Trading", "Northwind Logistics", "All companies"]],
    ["state", "calls-today", "Calls today", "184"],
  ]],
  ["/dashboard/spike-alerts", "Dashboard → Spike alerts", "Be told when a number leaps.", [
    ["switch", "spike-alerts", "Spike alerts", true],
    ["log", "alerts", "Lately", [["Nov 18", "Spike", "Calls, twice the usual"], ["Nov 11", "Spike", "Abandoned calls"]]],
  ]],
  ["/calls", "Calls", "Every call, the newest first.", [
    ["log", "call-list", "Today", [["10:02", "Sale", "+49 30 5550 114 · 4 min"], ["09:51", "Callback", "+49 89 5550 180 · 2 min"], ["09:33", "—", "+49 40 5550 127 · 7 min"]]],
  ]],
  ["/calls/filter-with-empty-disposition", "Calls → filter \"With empty disposition\"", "Calls that their agent has not tagged.", [
    ["switch", "empty-disposition", "With empty disposition", true],
    ["log", "untagged", "Calls", [["09:33", "—", "+49 40 5550 127 · 7 min"], ["08:12", "—", "+49 69 5550 102 · 1 min"]]],
  ]],
  ["/billing/payment-method", "Billing → Payment method", "What invoices are paid with.", [
    ["state", "method", "Current method", "Card ending in 4242"],
    ["button", "add-method", "Add payment method", "No card is asked for in this demo."],
  ]],
  ["/members", "Members", "Who may use the portal.", [
    ["log", "member-list", "Members", [["Mara Lind", "Supervisor", "Active"], ["Jon Aas", "Agent", "Active"], ["Ines Prado", "Agent", "Invited"]]],
    ["button", "add-member", "Add member", "Choose a role first."],
  ]],
  ["/members/invitations", "Members → Invitations", "Sent, and not yet accepted.", [
    ["log", "invitations", "Open invitations", [["Ines Prado", "Sent Nov 19", "ines.prado@northwind.example"]]],
    ["button", "resend", "Send again", "Sent again."],
  ]],
  ["/members/edit-member", "Members → Edit member", "What a member may do.", [
    ["select", "member", "Member", ["Jon Aas", "Ines Prado"]],
    ["select", "role", "Role", ["Agent", "Supervisor", "Company admin"]],
    ["button", "save-member", "Save", "Saved."],
  ]],
  ["/exports", "Exports", "Spreadsheets made on request.", [
    ["log", "export-list", "Your exports", [["Calls, November", "Ready", "1.2 MB"], ["Invoices, 2026", "Pending", "asked for at 09:47"]]],
    ["button", "new-export", "New export", "The export is being made."],
  ]],
  ["/audit-log", "Audit log", "Who changed what.", [
    ["log", "audit", "Entries", [["09:58", "Mara Lind", "Changed the role of Jon Aas"], ["08:20", "System", "Made export Calls, November"]]],
  ]],
  ["/settings", "Settings", "Your own account.", [
    ["field", "name", "Name", "Mara Lind"],
    ["switch", "two-factor", "2FA", true],
  ]],
  ["/settings/email", "Settings → Email", "Where messages for you go.", [
    ["field", "email", "E-mail", "mara.lind@northwind.example"],
    ["button", "save-email", "Save", "Saved."],
  ]],
  ["/settings/notifications", "Settings → Notifications", "What you are told about.", [
    ["checks", "notifications", "Tell me about", ["Exports that are ready", "Spike alerts", "New members"]],
    ["button", "save-notifications", "Save", "Saved."],
  ]],
  ["/sign-in/password-reset", "Sign-in → Password reset", "We mail you a link that sets a new password.", [
    ["field", "reset-email", "Your e-mail", "mara.lind@northwind.example"],
    ["button", "send-reset", "Send link", "The link is on its way."],
  ]],
  ["/contact", "Contact", "Your CIC contact.", [
    ["field", "subject", "Subject", ""],
    ["button", "send-message", "Send", "Nothing is sent in this demo."],
  ]],
];

const oxvo = [
  ["/inboxes", "Inboxes", "Where conversations arrive.", [
    ["log", "inbox-list", "Your inboxes", [["Support", "4 agents", "12 open"], ["Sales", "2 agents", "3 open"]]],
  ]],
  ["/channels", "Channels", "How customers reach you.", [
    ["log", "channel-list", "Your channels", [["Website chat", "Connected", "Support"], ["WhatsApp", "Not connected", "Support"], ["E-mail", "Connected", "Sales"]]],
    ["button", "connect-channel", "Connect channel", "Choose a provider."],
  ]],
  ["/sessions", "Sessions", "What visitors did on your site.", [
    ["select", "period", "Period", ["Today", "Last 7 days"]],
    ["log", "session-list", "Sessions", [["10:04", "3 min 12 s", "/pricing → /sign-up"], ["09:57", "48 s", "/help"]]],
  ]],
  ["/install-tracker", "Install Tracker", "Three steps until the first session.", [
    ["state", "step-snippet", "1 Snippet on your site", "Found", "operational"],
    ["state", "step-domain", "2 Domain", "Waiting for shop.northwind.example", "degraded"],
    ["button", "check-install", "Check installation", "The snippet is there; the domain is still missing."],
  ]],
  ["/settings/security", "Settings → Security", "How people sign in.", [
    ["switch", "mfa-policy", "MFA for everyone", true],
    ["select", "login-method", "Sign-in methods", ["Password and one-time code", "Single sign-on"]],
  ]],
  ["/settings/developer/webhooks", "Settings → Developer → Webhooks", "Where events are sent.", [
    ["field", "webhook-url", "URL", "https://shop.northwind.example/oxvo-events"],
    ["checks", "events", "Events", ["Conversation opened", "Message received", "Session finished"]],
    ["button", "save-webhook", "Save", "Saved."],
  ]],
];

const dialler = [
  ["/campaigns", "Campaigns", "What dials, and what waits.", [
    ["log", "campaign-list", "Campaigns", [["Winter check-in", "Running", "412 pending"], ["Renewals", "Draft", "no number ticked"], ["Survey Q3", "Completed", "0 pending"]]],
  ]],
  ["/campaign-wizard/1-basics", "Campaign wizard → 1 Basics", "Name the campaign and choose who speaks.", [
    ["field", "campaign-name", "Name", "Winter check-in"],
    ["select", "bot", "Bot", ["Choose a bot", "Friendly reminder", "Survey voice"]],
    ["button", "next-1", "Next", "On to the number pool."],
  ]],
  ["/campaign-wizard/2-number-pool", "Campaign wizard → 2 Number Pool", "The numbers that calls go out from.", [
    ["checks", "number-pool", "Numbers", ["+49 30 5550 160", "+49 30 5550 161", "+49 89 5550 142"]],
    ["button", "next-2", "Next", "On to the configuration."],
  ]],
  ["/campaign-wizard/3-dialler-config", "Campaign wizard → 3 Dialler Config", "How many calls, and when.", [
    ["field", "concurrency", "Concurrency", "4"],
    ["field", "window", "Calling window", "09:00 to 18:00"],
    ["checks", "working-days", "Working days", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]],
  ]],
  ["/campaign-wizard/4-upload-csv", "Campaign wizard → 4 Upload CSV", "Who is called.", [
    ["state", "csv", "File", "winter-leads.csv, 470 rows"],
    ["button", "upload", "Upload CSV", "No file is uploaded in this demo."],
  ]],
  ["/campaign-wizard/retry-rules", "Campaign wizard → Retry rules", "When a contact is called again.", [
    ["log", "rules", "Rules", [["No answer", "after 2 h", "3 times"], ["Busy", "after 15 min", "2 times"]]],
    ["button", "add-rule", "Add rule", "Choose an outcome."],
  ]],
  ["/campaign-detail/live-activity", "Campaign detail → Live Activity", "Winter check-in, now.", [
    ["state", "live-panel", "Live Activity", "Dialling, 4 of 4 lines", "operational"],
    ["state", "last-dial", "Last Dial", "6 seconds ago"],
    ["switch", "running", "Running", true],
  ]],
  ["/campaign-detail/stats-grid", "Campaign detail → stats grid", "Winter check-in in numbers.", [
    ["state", "pending", "Pending", "412"],
    ["state", "retries-left", "Retries left", "58"],
    ["state", "completed", "Completed", "1,206"],
  ]],
  ["/campaign-detail/call-list", "Campaign detail → call list", "Every contact and its state.", [
    ["log", "contacts", "Contacts", [["+49 40 5550 121", "Working", "attempt 2"], ["+49 69 5550 133", "Pending", "—"], ["+49 30 5550 107", "Done", "answered, 2 min"]]],
  ]],
  ["/campaign-detail/attempt-report", "Campaign detail → Attempt Report", "One row for each attempt.", [
    ["select", "day", "Day", ["Today", "Yesterday"]],
    ["button", "download-report", "Download", "The report is being made."],
  ]],
  ["/carriers", "Carriers", "Routes to the telephone network.", [
    ["log", "carrier-list", "Carriers", [["North SIP", "Registered", "2 numbers"], ["Alpen Voice", "Registered", "1 number"]]],
  ]],
  ["/fleet", "Fleet", "Bots that can speak at the same time.", [
    ["state", "fleet", "In use", "4 of 20"],
  ]],
  ["/bot/voice-pipeline", "Bot → Voice pipeline", "How the bot hears and speaks.", [
    ["select", "voice", "Voice", ["Warm, English", "Clear, German"]],
    ["button", "test-call", "Test call", "No call is made in this demo."],
  ]],
  ["/bot/prompt", "Bot → Prompt", "What the bot says.", [
    ["field", "first-line", "First line", "Hello {{first_name}}, this is Northwind."],
    ["button", "save-prompt", "Save", "Saved."],
  ]],
];

const toPages = (rows) => rows.map(([path, label, lead, controls]) => ({ path, label, lead, controls }));

/** The screens of each product; the first one is its start. */
export const PAGES = {
  scopien: toPages(scopien),
  cic: toPages(cic),
  oxvo: toPages(oxvo),
  dialler: toPages(dialler),
};

/** The screen at a path, or `undefined`. A blank in a path may be written as `%20`, and case counts not. */
export function pageAt(product, path) {
  const wanted = decode(path).replace(/\/+$/, "").toLowerCase() || PAGES[product][0].path;
  return PAGES[product].find((page) => page.path.toLowerCase() === wanted);
}

function decode(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
