package tracking

import (
	"fmt"
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

func goodParams() Params {
	return Params{
		Name: "城市停车一件事", Identifier: "demo_parking", Kind: listing.KindH5,
		SappID: "40001", SappName: "demo_parking", Bid: "demo_parking_zzdpro", Signkey: "1234567890abcdef",
	}
}

func goodPages() []listing.Page {
	return []listing.Page{
		{PageID: "home", PageName: "首页", PageURL: "https://demo.example.com/app/index.html"},
		{PageID: "list", PageName: "办件_List", PageURL: "https://demo.example.com/app/list.html"},
	}
}

func TestCheckInputsQuiet(t *testing.T) {
	for _, url := range []string{
		"https://demo.example.com/", "http://demo.example.com:8068/a?b=1#/list", "/list", "#/list", "list.html",
		"./list.html", "pages/list", "list", "/detail/:id", "/app/2026/index.html",
	} {
		pages := goodPages()
		pages[1].PageURL = url
		if got := CheckInputs(goodParams(), pages); len(got) != 0 {
			t.Errorf("%s: %v", url, got)
		}
	}
	for _, name := range []string{"信息填写", "todo", "IRS门户", "我的_设置", "占卜"} {
		pages := goodPages()
		pages[1].PageName, pages[1].PageID = name, "todo"
		if got := CheckInputs(goodParams(), pages); len(got) != 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// inputCase changes one good input and says which single finding must come of it.
type inputCase struct {
	key   ruleKey
	field string
	spoil func(p *Params, pages *[]listing.Page)
}

func inputCases() []inputCase {
	param := func(key ruleKey, field string, set func(*Params)) inputCase {
		return inputCase{key, field, func(p *Params, _ *[]listing.Page) { set(p) }}
	}
	page := func(key ruleKey, member string, set func(*listing.Page)) inputCase {
		return inputCase{key, "pages[1]." + member, func(_ *Params, pages *[]listing.Page) { set(&(*pages)[1]) }}
	}
	id := func(key ruleKey, v string) inputCase {
		return page(key, "page_id", func(p *listing.Page) { p.PageID = v })
	}
	name := func(key ruleKey, v string) inputCase {
		return page(key, "page_name", func(p *listing.Page) { p.PageName = v })
	}
	url := func(key ruleKey, v string) inputCase {
		return page(key, "page_url", func(p *listing.Page) { p.PageURL = v })
	}
	bid := func(key ruleKey, v string) inputCase { return param(key, "bid", func(p *Params) { p.Bid = v }) }
	sappID := func(key ruleKey, v string) inputCase {
		return param(key, "sapp_id", func(p *Params) { p.SappID = v })
	}
	sappName := func(key ruleKey, v string) inputCase {
		return param(key, "sapp_name", func(p *Params) { p.SappName = v })
	}
	signkey := func(key ruleKey, v string) inputCase {
		return param(key, "signkey", func(p *Params) { p.Signkey = v })
	}
	return []inputCase{
		param(identifierEmpty, "identifier", func(p *Params) { p.Identifier = "" }),
		bid(bidEmpty, ""), bid(bidEmpty, "  "), bid(bidDoubled, "demo_parking__zzdpro"),
		bid(bidSuffix, "demo_parking_dingoa"), bid(bidSuffix, "demo_parking"),
		bid(bidDiffers, "other_zzdpro"), bid(bidDiffers, "demo_parking_ZZDPRO"), bid(issuedPlaceholder, "**********"),
		bid(issuedSpaces, "demo_parking_zzdpro "), bid(valueEncoding, "demo\x00_zzdpro"),
		signkey(signkeyEmpty, ""), signkey(signkeyUnusual, "fedcba0987654321"), signkey(issuedPlaceholder, "xxxxxxxx"),
		sappID(sappIDEmpty, ""), sappID(sappIDDigits, "4000l"), sappID(sappIDDigits, "４０００１"),
		sappID(issuedPlaceholder, "yourSappId"), sappID(issuedPlaceholder, "XXX"), sappID(issuedPlaceholder, "undefined"),
		sappID(issuedSpaces, " 40001"), sappID(valueEncoding, "\xff\xfe"), sappID(valueEncoding, "\uFEFF40001"),
		sappName(sappNameEmpty, ""), sappName(sappNameDiffers, "demo-parking"), sappName(issuedPlaceholder, "示例应用"),
		{pagesEmpty, "pages", func(_ *Params, pages *[]listing.Page) { *pages = nil }},
		{pagesMany, "pages", func(_ *Params, pages *[]listing.Page) { *pages = make([]listing.Page, 2001) }},
		id(pageIDEmpty, "\u3000"), id(pageIDRepeated, "home"), id(pageIDSpaces, "list "), id(pageIDPersonal, "u13800138000"),
		id(pagePlaceholder, "your_page_id"), id(valueEncoding, "a\tb"), id(valueEncoding, "列\uFFFD表"),
		name(pageNameEmpty, ""), name(pageNameUnderscore, "_列表"), name(pageNameDigits, "列表2"), name(pageNameDigits, "列表２"),
		name(pageNameLetters, "办件 列表"), name(pageNameLetters, "办件-列表"), name(pageNameLetters, "办件（新）"), name(pageNameLetters, "naïve"),
		name(pageNamePersonal, "联系人13800138000"), name(pageNamePersonal, "电话138-0013-8000"), name(pageNamePersonal, "１３８００１３８０００"),
		name(pageNamePersonal, "证件11010519491231002X"), name(pageNamePersonal, "值班0571-87000000"), name(pageNamePersonal, "a@example.com"),
		name(pagePlaceholder, "XXX页面"), name(pagePlaceholder, "某某页面"), name(pagePlaceholder, "示例页"),
		url(pageURLEmpty, ""), url(pageURLForm, "javascript:void(0)"), url(pageURLForm, "https://"), url(pageURLForm, "ftp://a/b"),
		url(pageURLForm, "列表页"), url(pageURLForm, "/a b"), url(pageURLForm, "#top"), url(pageURLForm, "//cdn/x.html"), url(pageURLForm, "https:/demo.example.com/x"),
		url(pageURLForm, "localhost:8080/x"), url(pageURLForm, `/a"b`), url(pageURLForm, "/a<b"),
		url(pageURLLocal, "http://localhost:8080/list"), url(pageURLLocal, "http://192.168.1.3/list"), url(pageURLLocal, "http://172.20.0.1/"),
		url(pageURLLocal, "http://[::1]/list"), url(pageURLTest, "https://demo.example.com/lastTest/index.html"),
		url(pageURLRepeated, "https://demo.example.com/app/index.html"), url(pageURLPersonal, "/user?tel=13800138000"),
		url(pagePlaceholder, "https://demo.example.com/****"),
	}
}

func TestCheckInputsFires(t *testing.T) {
	rules, err := sentences()
	if err != nil {
		t.Fatal(err)
	}
	fired := map[ruleKey]bool{}
	for i, c := range inputCases() {
		text := rules[c.key]
		t.Run(fmt.Sprintf("%s/%s/%d", text.Rule, c.key, i), func(t *testing.T) {
			p, pages := goodParams(), goodPages()
			c.spoil(&p, &pages)
			got := CheckInputs(p, pages)
			if len(got) != 1 {
				t.Fatalf("want one finding, got %v", got)
			}
			f := got[0]
			template := strings.SplitN(text.Message, "{", 2)[0]
			if f.Rule != text.Rule || f.Level != text.Level || f.Code != text.Code || f.Field != c.field || !strings.HasPrefix(f.Message, template) {
				t.Errorf("got %+v, want %s for %s", f, c.key, c.field)
			}
			if f.Fix != "" && strings.ContainsAny(f.Message+f.Effect+f.Fix, "{}") {
				t.Errorf("a gap is left open: %+v", f)
			}
		})
		fired[c.key] = true
	}
	for _, key := range ruleKeys() {
		if !fired[key] {
			t.Errorf("no case fires %s", key)
		}
	}
}

// Which level each rule has, so that a change of the data is noticed (section 6 of the procedure: errors, but digits).
func TestLevels(t *testing.T) {
	rules, err := sentences()
	if err != nil {
		t.Fatal(err)
	}
	warn := map[ruleKey]bool{
		sappIDDigits: true, sappNameDiffers: true, pageIDPersonal: true, pageURLTest: true, pageURLRepeated: true,
		pageURLPersonal: true, pageNameDigits: true,
	}
	for key, text := range rules {
		want := listing.LevelError
		if warn[key] {
			want = listing.LevelWarning
		}
		if key == signkeyUnusual {
			want = listing.LevelInfo
		}
		if text.Level != want {
			t.Errorf("%s: level %s, want %s", key, text.Level, want)
		}
	}
}

func TestCheckInputsNamesBothRows(t *testing.T) {
	pages := append(goodPages(), listing.Page{PageID: "home", PageName: "再来", PageURL: "/again"})
	got := CheckInputs(goodParams(), pages)
	if len(got) != 1 || got[0].Field != "pages[2].page_id" || !strings.Contains(got[0].Message, "第 3 行") || !strings.Contains(got[0].Message, "第 1 行") {
		t.Fatalf("%+v", got)
	}
}

func FuzzCheckInputs(f *testing.F) {
	f.Add("40001", "demo_parking_zzdpro", "home", "首页", "https://demo.example.com/")
	f.Add("", "__", "\x00", "_1", "://")
	f.Add("xxx", "\xff", "a b", "\u2028", "http://[::1")
	f.Fuzz(func(t *testing.T, sappID, bid, id, name, url string) {
		p := goodParams()
		p.SappID, p.Bid = sappID, bid
		pages := []listing.Page{{PageID: id, PageName: name, PageURL: url}}
		for _, finding := range CheckInputs(p, pages) {
			if finding.Rule == "" || finding.Field == "" || finding.Message == "" {
				t.Fatalf("incomplete finding %+v", finding)
			}
		}
		checkGenerated(t, p, pages)
	})
}
