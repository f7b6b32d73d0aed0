package material

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"testing"
	"time"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/workday"
)

const testPassword = "Mi-Ma#2026"

// full is an app with everything filled in, its case begun and two files attached.
func full(t testing.TB, kind listing.AppKind) Input {
	t.Helper()
	c, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	plan := []byte("%PDF-1.4 建设方案")
	d := document.DigestOf(plan)
	app := listing.App{ID: "app-1", Name: "示例督办", Kind: kind, Identifier: "sldb_demo", Description: "供本单位工作人员登记、跟踪和催办督办事项。",
		ResponsibleName: "联系人戊", ResponsiblePhone: "13800000005", CatalogState: "建设中", Networks: []string{"政务外网", "互联网"}, Domains: []string{"数字政府"},
		Level: "市级", Unified: "否", Mode: "地方特色(省级特色)", Basis: []string{"政策文件", "其他"}, BasisOther: "市政府专题会议纪要", Department: "技术保障科",
		Administrator: "联系人甲", Collaborative: "否", MajorTask: "否", CoreBusiness: "是", MultiCross: "否", Systemic: "否",
		Components: c.Lists["components"], ComponentName: "示例督办", EgressIPs: []string{"8.8.8.8", "8.8.4.4"}, UsageScope: "示例市/市直单位/示例市数据中心", Region: "示例市",
		CallbackURL: "https://app.example.com/callback", ReleaseName: "示例督办", HealthURL: "https://app.example.com/api/health", DeveloperSource: "自定义开发商",
		ProcessRegion: "杭州", LegacyYida: "否", Registration: "发布注册", ReleaseTargets: []string{"浙政钉"}, ReleaseType: "首次发布", ListingContents: []string{"浙政钉工作台组件"},
		ApplicantName: "联系人甲", ApplicantPhone: "13800000001", TestEnvironment: "专有钉钉测试环境", TestAccount: "ceshi_demo", TestPassword: "vault:test", TestData: "已预置 5 条督办事项，覆盖登记、催办和办结。",
		TestOnWorkbench: "是", LoginFree: "是", AsksPassword: "否", ReauthOtherApp: "否", MobileURL: "https://app.example.com/mobile/index.html", PCURL: "https://app.example.com/pc/index.html",
		SplitByLogin: "是", APIBases: []string{"https://api.example.com"}, MiniVersion: "1.0.0", ErrorPageReady: "是", ErrorPagePerson: "联系人戊", ErrorPagePhone: "0571-00000000",
		AppKey: "sldb_demo-0Example1Key", AppSecret: "vault:secret", ProductionDomain: "openplatform-pro.example", Bid: "sldb_demo_zzdpro", Signkey: "1234567890abcdef", SappID: "40001", SappName: "sldb_demo",
		Pages: []listing.Page{{PageID: "home", PageName: "首页", PageURL: "https://app.example.com/mobile/index.html"}, {PageID: "detail", PageName: "督办详情", PageURL: "https://app.example.com/mobile/detail.html"}},
		Attachments: map[string]listing.Attachment{
			"plan":        {Slot: "plan", Name: "方案 终稿(1).pdf", Size: d.Size, Type: "pdf", SHA256: d.SHA256, SM3: d.SM3},
			"scan-form-1": {Slot: "scan-form-1", Name: "scan0001.pdf", Size: d.Size, Type: "pdf", SHA256: d.SHA256, SM3: d.SM3},
			"logo":        {Slot: "logo", Name: "logo.png", Size: d.Size, Type: "png", SHA256: d.SHA256, SM3: d.SM3},
		}}
	unit := listing.Unit{Name: "示例市数据中心", CreditCode: "12330199MB0000001C", ProcessRegion: "杭州", Region: "示例市", AddressPath: "示例市/市直单位/示例市数据中心", Department: "技术保障科", TenantID: "190001",
		CatalogAccount: listing.Person{Name: "联系人甲", Phone: "13800000001"}, WorkbenchAdmin: listing.Person{Name: "联系人丙", Phone: "13800000003"}}
	vendor := &listing.Vendor{Name: "示例科技有限公司", CreditCode: "91330199MA0000000R", Contacts: []listing.Contact{{ID: "a", Name: "联系人己", Phone: "13900000001"}, {ID: "b", Name: "联系人庚", Phone: "13900000002"}}}
	return Input{Dossier: forms.Dossier{Unit: unit, Vendor: vendor, App: app}, Forms: c, Case: caseOf(t, app), FlowVersion: "2026-03-01", RulesVersion: "2026-03-01",
		OpenBlob: func(sha string) (io.ReadCloser, error) {
			if sha != d.SHA256 {
				return nil, os.ErrNotExist
			}
			return io.NopCloser(bytes.NewReader(plan)), nil
		}}
}

func caseOf(t testing.TB, app listing.App) *procedure.CaseView {
	t.Helper()
	lib, err := procedure.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	flow, err := lib.Latest("FLOW-1")
	if err != nil {
		t.Fatal(err)
	}
	kase, err := flow.Start(app, nil, "case-1", "联系人甲", "2026-03-02T09:00:00+08:00")
	if err != nil {
		t.Fatal(err)
	}
	state, err := flow.Plan(procedure.ShapeOf(app.Kind, false)).Replay(kase)
	if err != nil {
		t.Fatal(err)
	}
	cal, err := workday.Default()
	if err != nil {
		t.Fatal(err)
	}
	view := state.View(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), cal, nil, "")
	return &view
}

func blockingFinding() listing.Finding {
	return listing.Finding{Rule: "RULE-5", Code: listing.FindingViolated, Level: listing.LevelError, Field: "app.egress_ips", Message: "10.0.0.1 不是公网地址", Fix: "改填公网地址"}
}

func packed(t testing.TB, in Input) ([]byte, Manifest) {
	t.Helper()
	var b bytes.Buffer
	m, err := Package(context.Background(), in, &b, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), m
}

func entries(t testing.TB, body []byte) map[string][]byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}
