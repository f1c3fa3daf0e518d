import { describe, expect, it } from "vitest";
import { checkTargetUrl } from "./check-target-url.ts";

const publicOnly = { allowLocal: false };
const local = { allowLocal: true };

describe("checkTargetUrl", () => {
  it.each([
    "https://example.com/hook",
    "https://agents.example.com:443/a?b=c",
    "https://8.8.8.8/hook",
    "https://172.15.0.1/",
    "https://172.32.0.1/",
    "https://100.128.0.1/",
    "https://[2606:4700::1111]/hook",
    "https://xn--bcher-kva.example/hook",
    "https://EXAMPLE.com/",
  ])("lets a webhook go to %s", (url) => {
    expect(checkTargetUrl(url, publicOnly)).toBeNull();
  });

  it.each([
    ["not a URL", "hook"],
    ["plain http", "http://example.com/hook"],
    ["another scheme", "ftp://example.com/"],
    ["a file", "file:///etc/passwd"],
    ["script", "javascript:alert(1)"],
    ["credentials", "https://user:secret@example.com/"],
    ["credentials that look like a host", "https://example.com@10.0.0.1/"],
    ["another port", "https://example.com:8443/"],
    ["a port of a service", "https://example.com:22/"],
    ["this machine", "https://localhost/"],
    ["this machine below a name", "https://a.localhost/"],
    ["this machine with a dot", "https://localhost./"],
    ["loopback", "https://127.0.0.1/"],
    ["loopback, short", "https://127.1/"],
    ["loopback, decimal", "https://2130706433/"],
    ["loopback, octal", "https://0177.0.0.1/"],
    ["loopback, hexadecimal", "https://0x7f.0.0.1/"],
    ["a public address, decimal", "https://134744072/"],
    ["any address", "https://0.0.0.0/"],
    ["private 10", "https://10.1.2.3/"],
    ["private 172.16", "https://172.16.0.1/"],
    ["private 172.31", "https://172.31.255.255/"],
    ["private 192.168", "https://192.168.1.1/"],
    ["carrier-grade NAT", "https://100.64.0.1/"],
    ["link-local, the metadata service", "https://169.254.169.254/latest/meta-data/"],
    ["benchmark network", "https://198.18.0.1/"],
    ["6to4 relay", "https://192.88.99.1/"],
    ["multicast", "https://224.0.0.1/"],
    ["broadcast", "https://255.255.255.255/"],
    ["IPv6 loopback", "https://[::1]/"],
    ["IPv6 unspecified", "https://[::]/"],
    ["IPv4 mapped", "https://[::ffff:10.0.0.1]/"],
    ["IPv4 mapped, hexadecimal", "https://[::ffff:a00:1]/"],
    ["IPv4 compatible", "https://[::10.0.0.1]/"],
    ["NAT64", "https://[64:ff9b::a00:1]/"],
    ["6to4", "https://[2002:a00:1::]/"],
    ["Teredo", "https://[2001:0:a00:1::]/"],
    ["documentation", "https://[2001:db8::1]/"],
    ["unique local", "https://[fd00::1]/"],
    ["IPv6 link-local", "https://[fe80::1]/"],
    ["IPv6 multicast", "https://[ff02::1]/"],
    ["a cloud's metadata name", "https://metadata.google.internal/"],
    ["a name of the local network", "https://printer.local/"],
    ["a single label", "https://intranet/"],
    ["a percent-encoded host", "https://%31%30.0.0.1/"],
    ["full-width digits", "https://\uff11\uff10.0.0.1/"],
    ["a host that isn't canonical", "https://b\u00fccher.example/"],
    ["a backslash", "https://example.com\\@10.0.0.1/"],
    ["a tab", "https://exam\tple.com/"],
    ["a line feed", "https://example.com/\n"],
    ["NUL", "https://example.com/\u0000"],
    ["a lone surrogate", "https://example.com/\ud800"],
    ["leading spaces", " https://example.com/"],
    ["one slash", "https:/10.0.0.1/"],
    ["no slash", "https:example.com"],
  ])("refuses %s", (_, url) => {
    expect(checkTargetUrl(url, publicOnly)).toEqual(expect.any(String));
  });

  it.each(["http://127.0.0.1:9000/hook", "http://localhost:1234/", "https://[::1]:8443/", "http://demo.localhost:9/"])(
    "lets a webhook go to %s where Boardroom runs on one machine",
    (url) => {
      expect(checkTargetUrl(url, local)).toBeNull();
      expect(checkTargetUrl(url, publicOnly)).toEqual(expect.any(String));
    },
  );

  it.each([
    "http://10.0.0.1/",
    "http://example.com/",
    "https://example.com:8443/",
    "http://2130706433/",
    "http://192.168.0.2:80/",
  ])("refuses %s even there", (url) => {
    expect(checkTargetUrl(url, local)).toEqual(expect.any(String));
  });
});
