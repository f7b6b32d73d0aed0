package tracking

import (
	"reflect"
	"strings"
	"testing"

	"shangjiatong/app/listing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestParsePages(t *testing.T) {
	want := []listing.Page{
		{PageID: "home", PageName: "首页", PageURL: "/index.html"},
		{PageID: "list", PageName: "办件列表", PageURL: "/list.html"},
	}
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("页面编号,页面名称,页面地址\nhome,首页,/index.html\nlist,办件列表,/list.html\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"tabs":                "page_id\tpage_name\tpage_url\nhome\t首页\t/index.html\nlist\t办件列表\t/list.html\n",
		"commas":              "page_id,page_name,page_url\nhome,首页,/index.html\nlist,办件列表,/list.html",
		"full-width commas":   "页面编号，页面名称，页面地址\nhome，首页，/index.html\nlist，办件列表，/list.html",
		"Chinese titles":      "页面编号\t页面名称\t页面地址\r\nhome\t首页\t/index.html\r\nlist\t办件列表\t/list.html\r\n",
		"other order, more":   "序号,页面地址,备注,页面标识,页面名称*\n1,/index.html,,home,首页\n2,/list.html,x,list,办件列表\n",
		"no titles":           "home\t首页\t/index.html\n\nlist\t办件列表\t/list.html",
		"spaces and mark":     "\uFEFF page_id , page_name , page_url \n home , 首页\u3000,/index.html\n list,办件列表 ,/list.html\n,,\n",
		"quotes":              "\"page_id\",\"page_name\",\"page_url\"\n\"home\",\"首页\",\"/index.html\"\n\"list\",\"办件列表\",\"/list.html\"",
		"typos of the sheets": "page_id\tpaga_name\tpage_ur1\nhome\t首页\t/index.html\nlist\t办件列表\t/list.html",
		"bars":                "| page_id | page_name | page_url |\n| --- | :--: | --- |\n| home | 首页 | /index.html |\n| list | 办件列表 | /list.html |",
		"old Mac lines":       "page_id\tpage_name\tpage_url\rhome\t首页\t/index.html\rlist\t办件列表\t/list.html\r",
		"GB18030":             gbk,
		"full-width titles":   "ＰＡＧＥ＿ＩＤ,Page Name,PAGE-URL\nhome,首页,/index.html\nlist,办件列表,/list.html",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ParsePages(text)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%v %+v", err, got)
			}
		})
	}
}

func TestParsePagesKeepsWhatIsWrong(t *testing.T) {
	got, err := ParsePages("page_id,page_name,page_url\n,张\u0001,\nlist\n")
	want := []listing.Page{{PageName: "张\u0001"}, {PageID: "list"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %+v", err, got)
	}
}

func TestParsePagesRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		text, says string
		code       listing.Code
	}{
		"nothing":          {" \n\t\n", "没有表格", listing.CodeInvalid},
		"only titles":      {"page_id,page_name,page_url", "只有表头", listing.CodeInvalid},
		"a column missing": {"page_id,page_url\nhome,/", "page_name", listing.CodeInvalid},
		"a column twice":   {"page_id,页面编号,page_name,page_url\na,b,c,/d", "两次", listing.CodeInvalid},
		"no titles, two":   {"home,/index.html", "没有表头", listing.CodeInvalid},
		"no titles, order": {"首页,/index.html,home", "没有表头", listing.CodeInvalid},
		"too many rows":    {"page_id,page_name,page_url\n" + strings.Repeat("a,b,/c\n", 2001), "2001 行", listing.CodeTooLarge},
		"too large":        {strings.Repeat("x", 1<<20+1), "太大", listing.CodeTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParsePages(c.text)
			e := listing.AsError(err)
			if err == nil || e.Code != c.code || e.Field != "pages" || e.Hint == "" || !strings.Contains(e.Message, c.says) {
				t.Errorf("%#v", e)
			}
		})
	}
}

func FuzzParsePages(f *testing.F) {
	f.Add("page_id\tpage_name\tpage_url\nhome\t首页\t/index.html")
	f.Add("| page_id | page_name | page_url |\n|---|---|---|\n| a | b | /c |")
	f.Add("页面编号，页面名称，页面地址\na，\"b，/c")
	f.Add("a,b,/c\n\xff\xfe,\"\n\"")
	f.Fuzz(func(t *testing.T, text string) {
		pages, err := ParsePages(text)
		if err != nil {
			if listing.CodeOf(err) == listing.CodeInternal {
				t.Fatal(err)
			}
			return
		}
		if len(pages) == 0 {
			t.Fatal("neither pages nor an error")
		}
		for _, p := range pages {
			if p == (listing.Page{}) || p.PageID != strings.TrimSpace(p.PageID) {
				t.Fatalf("%+v", p)
			}
		}
	})
}
