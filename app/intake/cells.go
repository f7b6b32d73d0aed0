package intake

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// trouble is what is wrong with the text of a cell.
type trouble struct {
	code    ProblemCode
	level   listing.Level // empty: an error
	message string
	fix     string
}

func bad(code ProblemCode, fix, format string, args ...any) *trouble {
	return &trouble{code: code, message: fmt.Sprintf(format, args...), fix: fix}
}

// reader turns the text of a cell into the values of a field.
type reader struct {
	lists   map[string]map[string]string // list, folded word: the word
	words   map[string][]string
	vendors []listing.Vendor
	byName  map[string][]int // folded name, code or ID of a vendor
}

func newReader(c *forms.Catalogue, vendors []listing.Vendor) *reader {
	r := &reader{lists: map[string]map[string]string{}, words: c.Lists, vendors: vendors, byName: map[string][]int{}}
	for name, words := range c.Lists {
		r.lists[name] = map[string]string{}
		for _, w := range words {
			r.lists[name][fold(w)] = w
		}
	}
	for i, v := range vendors {
		for _, text := range []string{v.Name, v.CreditCode, v.ID} {
			if at := fold(text); at != "" && !slices.Contains(r.byName[at], i) {
				r.byName[at] = append(r.byName[at], i)
			}
		}
	}
	return r
}

// separators stand between the entries of a list in one cell. Where only Latin text makes sense forms.Tidy has narrowed 、 to
// its half-width form.
const separators = "、､，,；;\r\n"

// read returns the values of one cell that is not empty. With a trouble that is an error the values mean nothing.
func (r *reader) read(f *forms.Field, raw string) ([]string, *trouble) {
	text := forms.Tidy(f, raw)
	if text == "" {
		return nil, nil
	}
	if t := spoiled(text); t != nil {
		return nil, t
	}
	switch {
	case f.Options == "vendors":
		return r.vendor(text)
	case f.Type == forms.Many:
		return r.many(f, text)
	case f.Type == forms.One || f.Type == forms.YesNo:
		return r.one(f, text)
	case f.Type == forms.IPs:
		return addresses(f, text)
	case f.Type == forms.URLs:
		return limited(f, pieces(text, separators+" \t"))
	case f.Type == forms.URL || f.Type == forms.Phone:
		return single(f, text)
	}
	return limited(f, []string{text})
}

var (
	scientific = regexp.MustCompile(`^[0-9](\.[0-9]+)?E\+[0-9]+$`)
	cellErrors = []string{"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)

// spoiled finds what the spreadsheet program made of a text by itself.
func spoiled(text string) *trouble {
	switch {
	case slices.Contains(cellErrors, strings.ToUpper(text)):
		return bad(CellError, "请改正表格里的公式，或直接写上内容", "单元格里是公式的错误值“%s”", text)
	case scientific.MatchString(text):
		return bad(BadNumber, "请把单元格设为“文本”格式，重新写上完整的号码", "号码被表格软件改成了科学记数“%s”，后几位已经看不到", text)
	}
	return nil
}

// pieces takes a list apart at separators outside brackets.
func pieces(text, separators string) []string {
	var out []string
	depth, from := 0, 0
	cut := func(to int) {
		if s := strings.TrimSpace(text[from:to]); s != "" {
			out = append(out, s)
		}
	}
	for i, r := range text {
		switch {
		case strings.ContainsRune("(（", r):
			depth++
		case strings.ContainsRune(")）", r):
			depth = max(depth-1, 0)
		case depth == 0 && strings.ContainsRune(separators, r):
			cut(i)
			from = i + utf8.RuneLen(r)
		}
	}
	cut(len(text))
	return out
}

func (r *reader) list(f *forms.Field) string {
	if f.Type == forms.YesNo {
		return "yesno"
	}
	return f.Options
}

// one reads a choice of one word.
func (r *reader) one(f *forms.Field, text string) ([]string, *trouble) {
	list := r.list(f)
	if word, ok := r.lists[list][fold(text)]; ok {
		return []string{word}, nil
	}
	if f.Free || len(r.words[list]) == 0 {
		return limited(f, []string{text})
	}
	parts := pieces(text, separators)
	known := func(s string) bool { return r.lists[list][fold(s)] != "" }
	if len(parts) > 1 && !slices.ContainsFunc(parts, func(s string) bool { return !known(s) }) {
		return nil, bad(SeveralValues, "请只留一个", "“%s”只能选一个，这里写了 %d 个", f.Label, len(parts))
	}
	code := WrongWord
	if f.Key == keyKind {
		code = UnknownKind
	}
	return nil, bad(code, "请改为："+strings.Join(r.words[list], "、"), "“%s”没有“%s”这个选项", f.Label, short(text))
}

// many reads a choice of several words.
func (r *reader) many(f *forms.Field, text string) ([]string, *trouble) {
	list := r.list(f)
	parts := pieces(text, separators)
	if r.lists[list][fold(text)] != "" {
		parts = []string{text}
	}
	var out, wrong []string
	for _, p := range parts {
		word, ok := r.lists[list][fold(p)]
		switch {
		case !ok && !f.Free && len(r.words[list]) > 0:
			wrong = append(wrong, short(p))
			continue
		case !ok:
			word = p
		}
		if !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	if len(wrong) > 0 {
		return nil, bad(WrongWord, "请改为："+strings.Join(r.words[list], "、")+"；多个之间用顿号隔开", "“%s”没有“%s”这个选项", f.Label, strings.Join(wrong, "、"))
	}
	return limited(f, out)
}

// vendor reads the name, code or ID of a vendor and gives its ID.
func (r *reader) vendor(text string) ([]string, *trouble) {
	found := r.byName[fold(text)]
	switch {
	case len(found) == 1:
		return []string{r.vendors[found[0]].ID}, nil
	case len(found) > 1:
		return nil, bad(AmbiguousVendor, "请改填社会信用编码", "有 %d 家开发商都叫“%s”", len(found), short(text))
	}
	if parts := pieces(text, separators); len(parts) > 1 {
		return nil, bad(SeveralValues, "请只留一家", "“开发商”只能填一家，这里写了 %d 家", len(parts))
	}
	return nil, bad(UnknownVendor, "请先在“设置”里登记这家开发商，或改成已登记的名称或社会信用编码", "没有登记过开发商“%s”", short(text))
}

// vendorName returns what people call the vendor of an ID.
func (r *reader) vendorName(id string) string {
	for _, v := range r.vendors {
		if v.ID == id {
			return v.Name
		}
	}
	return id
}

// addresses reads IP addresses (RULE-5); whether they are public is precheck's business.
func addresses(f *forms.Field, text string) ([]string, *trouble) {
	var out, wrong []string
	for _, p := range pieces(text, separators+" \t") {
		addr, err := netip.ParseAddr(p)
		switch {
		case err != nil:
			wrong = append(wrong, short(p))
		case !slices.Contains(out, addr.String()):
			out = append(out, addr.String())
		}
	}
	if len(wrong) > 0 {
		return nil, bad(BadIP, "请写成 1.2.3.4 的样子，不带端口、网段和文字；多个之间用顿号隔开", "“%s”不是 IP 地址", strings.Join(wrong, "、"))
	}
	return limited(f, out)
}

// single reads a text that cannot hold a separator, such as an address or a telephone number.
func single(f *forms.Field, text string) ([]string, *trouble) {
	cuts := "、､，；;\r\n"
	if f.Type == forms.Phone {
		cuts = separators + "/"
	}
	if parts := pieces(text, cuts); len(parts) > 1 && (f.Type == forms.Phone || allAddresses(parts)) {
		return nil, bad(SeveralValues, "请只留一个", "“%s”只能填一个，这里写了 %d 个", f.Label, len(parts))
	}
	return limited(f, []string{text})
}

// allAddresses tells two addresses from one whose path holds a semicolon.
func allAddresses(parts []string) bool {
	return !slices.ContainsFunc(parts, func(s string) bool { return !strings.Contains(s, "://") })
}

// limited compares with the most a field takes: entries of a list, characters of a text. A long text can be stored and
// shortened later, so it is a warning.
func limited(f *forms.Field, values []string) ([]string, *trouble) {
	list := f.Type == forms.Many || f.Type == forms.IPs || f.Type == forms.URLs
	switch {
	case f.Max <= 0 || len(values) == 0:
	case list && len(values) > f.Max:
		return nil, bad(TooMany, fmt.Sprintf("请只留 %d 个", f.Max), "“%s”最多 %d 个，这里写了 %d 个", f.Label, f.Max, len(values))
	case !list && utf8.RuneCountInString(values[0]) > f.Max:
		t := bad(TooLong, fmt.Sprintf("请缩短到 %d 个字以内；也可以导入后再改", f.Max), "“%s”最多 %d 个字，这里有 %d 个", f.Label, f.Max, utf8.RuneCountInString(values[0]))
		t.level = listing.LevelWarning
		return values, t
	}
	return values, nil
}

// short cuts a text for a message.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
