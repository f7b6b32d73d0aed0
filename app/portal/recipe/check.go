package recipe

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

const (
	maxList = 300 // entries of any list of a recipe
	maxText = 200 // characters of any text of a recipe
)

// purposes are what a button may be pressed for, kinds how a field is filled, uploads what is given with a package.
const (
	purposes = "next add way open log"
	kinds    = "text choose check path date switch files rows"
	parts    = "name phone"
	uploads  = "upload.version upload.remark upload.file"
	listed   = "slots.listed"
)

var (
	idForm      = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)
	pageForm    = regexp.MustCompile(`^[A-Z][A-Z0-9-]{0,39}(/[^/\[\]]{1,40})?$`)
	versionForm = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(\+[1-9]\d{0,3})?$`)
	dateForm    = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
)

// Validate checks a recipe as a whole. The error names the place.
func Validate(r Recipe) error { return validate(r.ID, &r) }

// checker keeps the first fault: a person mends one at a time.
type checker struct {
	name string
	r    *Recipe
	cat  *forms.Catalogue
	err  error
}

func validate(name string, r *Recipe) error {
	cat, err := forms.Default()
	if err != nil {
		return err
	}
	if _, err := builtIn(); err != nil {
		return err
	}
	c := &checker{name: name, r: r, cat: cat}
	c.head()
	c.marks("logged_in", r.LoggedIn)
	c.marks("logged_out", r.LoggedOut)
	c.count("tables", len(r.Tables))
	c.count("forms", len(r.Forms))
	c.count("may", len(r.May))
	c.texts("never", r.Never)
	seen := map[string]bool{}
	for i := range r.Tables {
		c.table(&r.Tables[i], seen)
	}
	for i := range r.Forms {
		c.form(&r.Forms[i], seen)
	}
	for i, b := range r.May {
		c.button(fmt.Sprintf("may[%d]", i+1), b)
	}
	return c.err
}

func (c *checker) fail(place, format string, args ...any) {
	if c.err == nil {
		c.err = wrong(c.name, place, format, args...)
	}
}

func (c *checker) head() {
	r := c.r
	if !idForm.MatchString(r.ID) {
		c.fail("id", "“%s”不是能用的编号：小写字母开头，只用小写字母、数字和短横线", clip(r.ID))
	}
	c.text("title", r.Title)
	c.text("source", r.Source)
	if !versionForm.MatchString(r.Version) {
		c.fail("version", "版本要写成 2026-12-01，改过的写成 2026-12-01+1，现在是“%s”", clip(r.Version))
	}
	if !dateForm.MatchString(r.Date) {
		c.fail("date", "日期要写成 2026-12-01，现在是“%s”", clip(r.Date))
	}
	if !c.knownAddress(r.Address) {
		c.fail("address", "没有“%s”这个地址：要写 ADDR-4 这样的编号，或者以 http 开头的网址", clip(r.Address))
	}
}

// knownAddress accepts none, a key of package forms, a key that wants a region, or an address of its own.
func (c *checker) knownAddress(address string) bool {
	if address == "" {
		return true
	}
	for _, a := range c.cat.Addresses {
		if a.Key == address || strings.HasPrefix(a.Key, address+".") {
			return true
		}
	}
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && len(address) <= maxText
}

func (c *checker) count(place string, n int) {
	if n > maxList && c.err == nil {
		c.err = listing.Failf(listing.CodeTooLarge, dataHint, "%s 的 %s：有 %d 项，超过上限 %d 项", c.name, place, n, maxList)
	}
}

// text wants something printable of a bearable length.
func (c *checker) text(place, text string) {
	switch {
	case strings.TrimSpace(text) == "":
		c.fail(place, "不能是空的")
	case len([]rune(text)) > maxText:
		c.fail(place, "超过 %d 个字", maxText)
	case strings.ContainsFunc(text, unicode.IsControl):
		c.fail(place, "里面有控制字符")
	}
}

func (c *checker) texts(place string, all []string) {
	c.count(place, len(all))
	for i, t := range all {
		c.text(fmt.Sprintf("%s[%d]", place, i+1), t)
	}
}

func (c *checker) marks(place string, marks []Mark) {
	c.count(place, len(marks))
	for i, m := range marks {
		at := fmt.Sprintf("%s[%d]", place, i+1)
		if (m.Text == "") == (m.URL == "") {
			c.fail(at, "text 和 url 要写一个，也只能写一个")
		}
		c.text(at, m.Text+m.URL)
	}
}

// page checks the ID of a table or form.
func (c *checker) page(place, id string, seen map[string]bool) {
	if !pageForm.MatchString(id) {
		c.fail(place, "“%s”不是能用的编号，要像 TABLE-1、TABLE-3/线上环境 或 FORM-1", clip(id))
	}
	if seen[id] {
		c.fail(place, "编号 %s 出现了两次", id)
	}
	seen[id] = true
}

func (c *checker) table(t *Table, seen map[string]bool) {
	at := "tables[" + clip(t.ID) + "]"
	c.page(at, t.ID, seen)
	c.text(at+".title", t.Title)
	if t.Heading != "" {
		c.text(at+".heading", t.Heading)
	}
	if t.Path != "" && (!strings.HasPrefix(t.Path, "/") && !strings.HasPrefix(t.Path, "#") || strings.HasPrefix(t.Path, "//") || len(t.Path) > maxText) {
		c.fail(at+".path", "要写从 / 或 # 开始的路径，现在是“%s”", clip(t.Path))
	}
	c.count(at+".columns", len(t.Columns))
	c.columns(at, t)
	c.texts(at+".way", t.Way)
	for _, text := range t.Way {
		if !slices.ContainsFunc(c.r.May, func(b Button) bool { return b.For == "way" && Plain(b.Text) == Plain(text) }) {
			c.fail(at+".way", "“%s”没有写在 may 里（for: way），不能按", clip(text))
		}
	}
}

func (c *checker) columns(at string, t *Table) {
	taken, headers := map[string]bool{}, map[string]bool{}
	for _, col := range t.Columns {
		place := at + ".columns[" + clip(col.Header) + "]"
		c.count(place+".also", len(col.Also))
		for _, text := range col.Texts() {
			c.text(place, text)
			if taken[Plain(text)] {
				c.fail(place, "表头“%s”出现了两次，分不清是哪一列", clip(text))
			}
			taken[Plain(text)] = true
		}
		headers[col.Header] = !col.Optional
	}
	if len(t.Columns) == 0 {
		c.fail(at+".columns", "一列也没有写")
	}
	if len(t.Key) == 0 {
		c.fail(at+".key", "要写明用哪几列来分清各行")
	}
	for _, key := range t.Key {
		if !headers[key] {
			c.fail(at+".key", "“%s”不是这张表的一列，或者是可以没有的列", clip(key))
		}
	}
}

func (c *checker) button(at string, b Button) {
	c.text(at+".text", b.Text)
	if !among(purposes, b.For) {
		c.fail(at+".for", "“%s”不是按钮的用途，只能是 %s", clip(b.For), purposes)
	}
	if word, final := c.r.Final(b.Text); final {
		c.fail(at+".text", "“%s”不能写成可以按的按钮：带“%s”的按钮只能由人来按", clip(b.Text), clip(word))
	}
	if b.Page != "" && c.r.Form(b.Page) == nil && len(c.r.TablesOf(b.Page)) == 0 {
		c.fail(at+".page", "没有 %s 这张表或表单", clip(b.Page))
	}
}

func among(list, word string) bool { return slices.Contains(strings.Fields(list), word) }

func clip(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}
