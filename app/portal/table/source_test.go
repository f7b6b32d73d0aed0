package table

import (
	"encoding/base64"
	"strings"
	"testing"

	"shangjiatong/app/listing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const small = `<table><thead><tr><th>名称<th>状态<th>地址</thead><tbody><tr><td>甲<td>已发布<td>x</tbody></table>`

func TestEncodings(t *testing.T) {
	gb := func(text string) string {
		out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(small)
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range map[string]string{
		"UTF-8": small, "UTF-8 with mark": "\ufeff" + small, "UTF-16": wide,
		"GBK told":    gb(`<meta charset="gbk">` + small),
		"GB2312 told": gb(`<meta http-equiv="Content-Type" content="text/html; charset=gb2312">` + small),
		"GB not told": gb("<html>" + small),
	} {
		if res := read(t, page, people()); len(res.Rows) != 1 || res.Rows[0]["状态"] != "已发布" {
			t.Errorf("%s: %+v", name, res)
		}
	}
}

// saved is a page as Chrome and Edge save it: its own document, then those of its frames.
func saved(coding, main, frame string) string {
	code := func(text string) string {
		switch coding {
		case "base64":
			return base64.StdEncoding.EncodeToString([]byte(text))
		case "quoted-printable":
			return strings.ReplaceAll(text, "=", "=3D")
		}
		return text
	}
	return "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://127.0.0.1/list\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----B--1\"\r\n\r\n\r\n" +
		"------B--1\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: " + coding + "\r\nContent-Location: http://127.0.0.1/list\r\n\r\n" + code(main) + "\r\n" +
		"------B--1\r\nContent-Type: text/css\r\nContent-Transfer-Encoding: binary\r\n\r\nth{}\r\n" +
		"------B--1\r\nContent-Type: text/html\r\nContent-ID: <frame-2@mhtml.blink>\r\nContent-Transfer-Encoding: " + coding + "\r\nContent-Location: http://127.0.0.1/in/\r\n\r\n" + code(frame) + "\r\n------B--1--\r\n"
}

func TestMHTML(t *testing.T) {
	inFrame := strings.Replace(small, "<td>x", `<td><a href="a.html"></a>`, 1)
	for _, coding := range []string{"quoted-printable", "base64", "binary"} {
		for name, main := range map[string]string{
			"own document": "<html>" + inFrame, "frame by id": `<iframe src="cid:frame-2@mhtml.blink"></iframe>`, "frame by place": `<iframe src="http://127.0.0.1/in/"></iframe>`,
			"shadow root": `<div><template shadowmode="open">` + small + `</template></div>`,
		} {
			res := read(t, saved(coding, main, inFrame), people())
			if len(res.Rows) != 1 || res.Rows[0]["名称"] != "甲" || (name == "frame by id" && res.Rows[0]["地址"] != "http://127.0.0.1/in/a.html") {
				t.Errorf("%s, %s: %+v", coding, name, res)
			}
		}
	}
	if res := read(t, saved("binary", "<html><p>x", inFrame), people()); len(res.Drift) != 1 {
		t.Errorf("a document nobody shows was read: %+v", res)
	}
	whole := saved("binary", "<html>"+small, "")
	for _, cut := range []int{200, len(whole) - 160} {
		if _, err := Open([]byte(whole[:cut])); listing.CodeOf(err) != listing.CodeUnreadable {
			t.Errorf("cut at %d: %v", cut, err)
		}
	}
}

func TestClipboard(t *testing.T) {
	head := "Version:0.9\r\nStartHTML:0000000157\r\nEndHTML:0000000400\r\nStartFragment:0000000193\r\nEndFragment:0000000364\r\nSourceURL:http://127.0.0.1/list\r\n"
	for name, text := range map[string]string{
		"Windows":               head + "<html><body>\r\n<!--StartFragment-->" + small + "<!--EndFragment-->\r\n</body></html>",
		"fragment alone":        "<meta charset='utf-8'>" + small,
		"marks alone":           "<html><body><!--StartFragment-->" + small + "<!--EndFragment--></body></html>",
		"text with tabs":        "名称\t状态\t地址\r\n甲\t已发布\tx\r\n",
		"header and body apart": `<!--StartFragment--><div><div><table><thead><tr><th>名称<th>状态<th>地址</table></div><div><table><tr><td>甲<td>已发布<td>x</table></div></div>`,
	} {
		if res := read(t, text, people()); len(res.Rows) != 1 || res.Rows[0]["状态"] != "已发布" {
			t.Errorf("%s: %+v", name, res)
		}
	}
	for name, text := range map[string]string{
		"no header":                head + "<html><!--StartFragment--><table><tr><td>甲<td>已发布<td>x</table><!--EndFragment-->",
		"no header, text":          "甲\t已发布\tx\n乙\t已发布\ty",
		"rows of different length": "名称\t状态\t地址\n甲\t已发布",
	} {
		s, err := Open([]byte(text))
		if err == nil {
			_, err = Read(s, "irs", people())
		}
		if listing.CodeOf(err) != listing.CodeInvalid || !strings.Contains(listing.AsError(err).Hint, "表头") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, text := range map[string]string{"nothing": " \n", "words": "甲乙丙"} {
		if _, err := Open([]byte(text)); listing.CodeOf(err) != listing.CodeUnreadable {
			t.Errorf("%s: %v", name, err)
		}
	}
}
