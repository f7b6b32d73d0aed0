package tracking

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/listing/datafile"
)

// maxFacts is the largest file of facts that is taken, in bytes; the one this build carries has about four thousand.
const maxFacts = 256 << 10

// ParseFacts reads facts from YAML. Unknown and repeated keys, missing values and bad patterns are errors; all errors
// are *listing.Error with code invalid or too_large that name the place, Field being the path of keys where it is known.
func ParseFacts(data []byte) (f Facts, err error) {
	if len(data) > maxFacts {
		return Facts{}, listing.Failf(listing.CodeTooLarge, "请检查是不是选错了文件", "埋点依据有 %d 字节，超过上限 %d 字节", len(data), maxFacts)
	}
	err = datafile.Decode(data, &f, func(message string) *listing.Error { return factsError("", "%s", message) })
	if err != nil {
		return Facts{}, err
	}
	c := &factsCheck{}
	c.origins(&f)
	c.stability(f.Stability)
	c.traffic(f.Traffic)
	c.numbers(&f)
	c.columns(f.Columns)
	c.code(f.Code)
	c.compile(&f)
	if err := c.first(); err != nil {
		return Facts{}, err
	}
	return f, nil
}

// factsError makes the error for a fault at a place (a path of keys).
func factsError(place, format string, args ...any) *listing.Error {
	const hint = "请改正文件，或向来源索取正确的文件"
	message := fmt.Sprintf(format, args...)
	if place == "" {
		return listing.Failf(listing.CodeInvalid, hint, "埋点依据：%s", message)
	}
	e := listing.Failf(listing.CodeInvalid, hint, "埋点依据的 %s：%s", place, message)
	e.Field = place
	return e
}

// factsCheck collects what is wrong with facts, each fault with its place.
type factsCheck struct{ faults []*listing.Error }

func (c *factsCheck) need(ok bool, place, format string, args ...any) {
	if !ok {
		c.faults = append(c.faults, factsError(place, format, args...))
	}
}

// first returns the first fault, saying how many more there are.
func (c *factsCheck) first() error {
	if len(c.faults) == 0 {
		return nil
	}
	e := c.faults[0]
	if more := len(c.faults) - 1; more > 0 {
		e.Message += fmt.Sprintf("（另有 %d 处）", more)
	}
	return e
}

func (c *factsCheck) origins(f *Facts) {
	c.need(isDate(f.Version), "version", "要写成日期，例如 2026-11-23")
	for _, b := range f.Blocks() {
		c.need(strings.TrimSpace(b.Source) != "", b.Name+".source", "没有写来源")
		c.need(isDate(b.Checked), b.Name+".checked", "要写成核对的日期，例如 2026-11-23")
	}
}

func (c *factsCheck) stability(s Stability) {
	const form = "要以 https:// 开头，只写服务器，末尾不带斜杠"
	c.need(isOrigin(s.Host), "stability.host", form)
	c.need(isPath(s.ScriptPath), "stability.script_path", "要以 / 开头")
	c.need(isPath(s.UploadPath), "stability.upload_path", "要以 / 开头")
	c.need(isValue(s.BidSuffix), "stability.bid_suffix", "不能为空，也不能有空格")
}

func (c *factsCheck) traffic(t Traffic) {
	c.need(isHTTPS(t.Script), "traffic.script", "要写以 https:// 开头的完整地址")
	c.need(isValue(t.ScriptID), "traffic.script_id", "不能为空，也不能有空格")
	c.need(isHost(t.LogHost), "traffic.log_host", "只写域名，不带 https://")
	for i, host := range t.OutdatedHosts {
		c.need(isHost(host), fmt.Sprintf("traffic.outdated_hosts[%d]", i), "只写域名，不带 https://")
	}
	for _, id := range []struct{ name, value string }{{"android", t.AppID.Android}, {"ios", t.AppID.IOS}, {"other", t.AppID.Other}} {
		c.need(id.value != "" && allDigits(id.value), "traffic.app_id."+id.name, "要写成带引号的数字")
	}
}

func (c *factsCheck) numbers(f *Facts) {
	c.need(f.Login.WaitMS >= 100 && f.Login.WaitMS <= 60000, "login.wait_ms", "要在 100 到 60000 之间")
	c.need(f.Login.LeaveMS >= 0 && f.Login.LeaveMS <= f.Login.WaitMS, "login.leave_ms", "要在 0 到 wait_ms 之间")
	c.need(isValue(f.Mini.SDK), "mini.sdk", "不能为空，也不能有空格")
	c.need(f.Mini.StabilitySDK == "" || isValue(f.Mini.StabilitySDK), "mini.stability_sdk", "不能有空格")
	c.need(f.Limits.Pages > 0 && f.Limits.Pages <= 100000, "limits.pages", "要在 1 到 100000 之间")
	c.need(f.Limits.PasteBytes > 0 && f.Limits.PasteBytes <= 64<<20, "limits.paste_bytes", "要在 1 到 %d 之间", 64<<20)
}

func (c *factsCheck) code(t Code) {
	c.need(t.Agents.Android != "" && t.Agents.IOS != "" && t.Agents.Other != "", "code.agents", "三种客户端都要写")
	c.need(t.Files > 0 && t.Files <= 1_000_000, "code.files", "要在 1 到 1000000 之间")
	c.need(t.FileBytes > 0 && t.FileBytes <= 256<<20, "code.file_bytes", "要在 1 到 %d 之间", 256<<20)
	c.need(t.TotalBytes >= t.FileBytes, "code.total_bytes", "不能小于 file_bytes")
}

func (c *factsCheck) columns(t Columns) {
	for _, column := range []struct {
		name   string
		titles []string
	}{{"page_id", t.PageID}, {"page_name", t.PageName}, {"page_url", t.PageURL}} {
		c.need(len(column.titles) > 0, "columns."+column.name, "至少要有一个列名")
	}
}

// compile makes the patterns ready for use.
func (c *factsCheck) compile(f *Facts) {
	build := func(place, pattern, prefix string) *regexp.Regexp {
		re, err := regexp.Compile(prefix + pattern)
		c.need(err == nil && pattern != "", place, "正则表达式“%s”写错了", pattern)
		return re
	}
	for _, b := range []struct {
		name string
		p    *Patterns
	}{{"placeholders", &f.Placeholders}, {"local_hosts", &f.LocalHosts}} {
		for i, pattern := range b.p.Patterns {
			b.p.compiled = append(b.p.compiled, build(fmt.Sprintf("%s.patterns[%d]", b.name, i), pattern, "(?i)"))
		}
	}
	for i := range f.Personal.Patterns {
		p := &f.Personal.Patterns[i]
		place := fmt.Sprintf("personal.patterns[%d]", i)
		c.need(p.Name != "", place+".name", "不能为空")
		p.compiled = build(place+".pattern", p.Pattern, "")
	}
	for _, ua := range []struct{ name, pattern string }{{"android", f.Traffic.UserAgent.Android}, {"ios", f.Traffic.UserAgent.IOS}} {
		_, err := jsRegex(ua.pattern)
		c.need(err == nil, "traffic.user_agent."+ua.name, "正则表达式“%s”写错了", ua.pattern)
	}
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func isHost(s string) bool { return regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`).MatchString(s) }

// isOrigin accepts "https://host" with nothing after it.
func isOrigin(s string) bool {
	host, found := strings.CutPrefix(s, "https://")
	return found && isHost(host)
}

func isPath(s string) bool { return strings.HasPrefix(s, "/") && len(s) > 1 && isValue(s) }

// isValue accepts what may stand inside generated code as it is.
func isValue(s string) bool { return s != "" && !strings.ContainsAny(s, " \t\r\n\"'<>\\`") }

func isHTTPS(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && isHost(u.Host) && len(u.Path) > 1 && isValue(address)
}
