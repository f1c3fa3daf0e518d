import Activity from "lucide-react/icons/activity";
import Bot from "lucide-react/icons/bot";
import CircleDot from "lucide-react/icons/circle-dot";
import Ellipsis from "lucide-react/icons/ellipsis";
import Folder from "lucide-react/icons/folder";
import House from "lucide-react/icons/house";
import Inbox from "lucide-react/icons/inbox";
import Laptop from "lucide-react/icons/laptop";
import Network from "lucide-react/icons/network";
import Play from "lucide-react/icons/play";
import Repeat from "lucide-react/icons/repeat";
import Search from "lucide-react/icons/search";
import Settings from "lucide-react/icons/settings";
import Target from "lucide-react/icons/target";
import Wallet from "lucide-react/icons/wallet";

export interface Place {
  /** Below the company's path. */
  to: string;
  label: string;
  Icon: typeof House;
}

export const home: Place = { to: "", label: "Home", Icon: House };
export const inbox: Place = { to: "/inbox", label: "Inbox", Icon: Inbox };
export const search: Place = { to: "/search", label: "Search", Icon: Search };
export const issues: Place = { to: "/issues", label: "Issues", Icon: CircleDot };
export const agents: Place = { to: "/agents", label: "Agents", Icon: Bot };
export const settings: Place = { to: "/settings", label: "Settings", Icon: Settings };
export const projects: Place = { to: "/projects", label: "Projects", Icon: Folder };
export const goals: Place = { to: "/goals", label: "Goals", Icon: Target };
export const work: Place[] = [issues, projects, goals, { to: "/routines", label: "Routines", Icon: Repeat }];
export const running: Place[] = [
  agents,
  { to: "/runners", label: "Runners", Icon: Laptop },
  { to: "/org", label: "Org", Icon: Network },
  { to: "/runs", label: "Runs", Icon: Play },
  { to: "/costs", label: "Costs", Icon: Wallet },
  { to: "/activity", label: "Activity", Icon: Activity },
];
export const more: Place = { to: "/more", label: "More", Icon: Ellipsis };
export const phonePlaces: Place[] = [home, inbox, { ...issues, label: "Work" }, agents, more];
