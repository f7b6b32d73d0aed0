package precheck

import (
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

func book(t testing.TB) *Book {
	t.Helper()
	b, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sound is a subject that every rule is content with, but for what only guides.
func sound() *Subject {
	vouch := func(rule, about string) listing.Attestation {
		return listing.Attestation{Rule: rule, About: about, By: "联系人乙", On: "2026-03-02"}
	}
	insured := vouch("RULE-9", "联系人己")
	vendor := &listing.Vendor{ID: "v1", Name: "示例科技有限公司", CreditCode: "91330199MA0000000R", Contacts: []listing.Contact{
		{ID: "c1", Name: "联系人己", Phone: "13900000001", HasAccount: listing.Yes, PersonnelType: "开发人员", Insured: &insured},
	}}
	return &Subject{
		Unit: listing.Unit{
			ID: listing.UnitID, Name: "示例市数据中心", CreditCode: "12330199MB0000001C", ProcessRegion: "杭州", Region: "示例市",
			AddressPath: "示例市/市直单位/示例市数据中心", CatalogAccount: listing.Person{Name: "联系人甲", Phone: "13800000001"},
		},
		Vendor: vendor,
		App: listing.App{
			ID: "a1", Name: "示例督办", Kind: listing.KindMiniPC, Identifier: "sldb_demo", Description: "登记和催办督办事项。",
			ResponsibleName: "联系人戊", ResponsiblePhone: "13800000005", VendorID: "v1",
			CatalogState: "建设中", Networks: []string{"政务外网"}, Domains: []string{"数字政府"}, Level: "市级", Unified: "否",
			Mode: "地方特色(省级特色)", Basis: []string{"政策文件"}, Department: "技术保障科", Administrator: "联系人甲",
			Collaborative: "否", MajorTask: "否", CoreBusiness: "是", MultiCross: "否", Systemic: "否",
			Components:    []string{"扫码登录", "组织架构和用户体系(浙政钉)", "消息通知"},
			ComponentName: "示例督办", EgressIPs: []string{"8.8.8.8"}, UsageScope: "示例市/市直单位/示例市数据中心", Region: "示例市",
			CallbackURL: "https://app.example.com/callback",
			ReleaseName: "示例督办", HealthURL: "https://app.example.com/api/health", DeveloperSource: "自定义开发商",
			ProcessRegion: "杭州", LegacyYida: "否", Registration: "发布注册",
			ReleaseTargets: []string{"浙政钉"}, ReleaseType: "首次发布", ListingContents: []string{"浙政钉工作台组件"},
			ApplicantName: "联系人甲", ApplicantPhone: "13800000001",
			TestEnvironment: "专有钉钉测试环境", TestAccount: "ceshi_demo", TestPassword: "secret/1", TestData: "已预置 5 条", TestOnWorkbench: "是",
			LoginFree: "是", AsksPassword: "否", ReauthOtherApp: "否",
			MobileURL: "https://app.example.com/m/", PCURL: "https://app.example.com/pc/", SplitByLogin: "是",
			APIBases: []string{"https://api.example.com"}, MiniVersion: "1.0.0",
			ErrorPageReady: "是", ErrorPagePerson: "联系人戊", ErrorPagePhone: "0571-00000000",
			Attachments: map[string]listing.Attachment{
				"plan": {Slot: "plan", Name: "建设方案.pdf", Size: 100 << 20, Type: "pdf"},
				"logo": {Slot: "logo", Name: "logo.png", Size: 2000, Type: "png"},
			},
			Attestations: []listing.Attestation{vouch("RULE-2", "联系人甲")},
		},
		Others:  []listing.App{{ID: "a2", Name: "示例预约", Identifier: "slyy_demo"}},
		Settled: map[string]bool{"STEP-2.4": true, "STEP-3.2": true},
	}
}

const (
	fires     = "fires"
	quiet     = "quiet"
	undecided = "undecided"
)

// ruleCase changes the sound subject and says what the rule must then answer.
type ruleCase struct {
	rule    string
	outcome string
	name    string
	level   listing.Level // of the finding looked for; empty: the rule's own
	field   string        // of the finding looked for
	says    string        // a part of its message
	change  func(s *Subject)
}

func ip(list ...string) func(*Subject) { return func(s *Subject) { s.App.EgressIPs = list } }
func api(base string) func(*Subject)   { return func(s *Subject) { s.App.APIBases = []string{base} } }
func ident(id string) func(*Subject)   { return func(s *Subject) { s.App.Identifier = id } }
func health(u string) func(*Subject)   { return func(s *Subject) { s.App.HealthURL = u } }
func plan(a listing.Attachment) func(*Subject) {
	return func(s *Subject) { s.App.Attachments["plan"] = a }
}
func contact(change func(c *listing.Contact)) func(*Subject) {
	return func(s *Subject) { change(&s.Vendor.Contacts[0]) }
}
func code(c string) func(*Subject) { return func(s *Subject) { s.Vendor.CreditCode = c } }
func listed(change func(*Subject)) func(*Subject) {
	return func(s *Subject) { s.Settled["STEP-3.4b"] = true; change(s) }
}
func none(*Subject) {}

const (
	asWarning = listing.LevelWarning
	asInfo    = listing.LevelInfo
)

func ruleCases() []ruleCase {
	return slices.Concat(loginAndPeopleCases(), identifierAndPlaceCases(), networkCases(), processCases())
}

func loginAndPeopleCases() []ruleCase {
	return []ruleCase{
		{"RULE-1", quiet, "免登齐全", "", "", "", none},
		{"RULE-1", fires, "没有免登", "", "app.login_free", "没有对接", func(s *Subject) { s.App.LoginFree = "否" }},
		{"RULE-1", fires, "又要密码", "", "app.asks_password", "账号密码", func(s *Subject) { s.App.AsksPassword = "是" }},
		{"RULE-1", fires, "经别的应用", "", "app.reauth_other_app", "别的应用", func(s *Subject) { s.App.ReauthOtherApp = "是" }},
		{"RULE-1", undecided, "没有回答", "", "app.asks_password", "首次进入", func(s *Subject) { s.App.AsksPassword = " " }},

		{"RULE-2", quiet, "已确认在编", "", "", "", none},
		{"RULE-2", quiet, "两人都已确认", "", "", "", func(s *Subject) {
			s.App.ApplicantName, s.App.ApplicantPhone = "联系人丙", "13800000003"
			s.App.Attestations = append(s.App.Attestations, listing.Attestation{Rule: "RULE-2", About: "联系人丙", By: "联系人乙", On: "2026-03-02"})
		}},
		{"RULE-2", fires, "手机是开发商的", "", "unit.catalog_account.name", "联系人己", func(s *Subject) { s.Unit.CatalogAccount.Phone = "+86 139-0000-0001" }},
		{"RULE-2", fires, "申请人是开发商的", "", "app.applicant_name", "联系人己", func(s *Subject) { s.App.ApplicantName, s.App.ApplicantPhone = "联系人己", "" }},
		{"RULE-2", fires, "同名不同号", asWarning, "unit.catalog_account.name", "同名", func(s *Subject) { s.Vendor.Contacts[0].Name = "联系人甲" }},
		{"RULE-2", undecided, "没有确认", "", "unit.catalog_account.name", "联系人甲", func(s *Subject) { s.App.Attestations = nil }},
		{"RULE-2", undecided, "换了申请人", "", "app.applicant_name", "联系人丙", func(s *Subject) { s.App.ApplicantName = "联系人丙" }},
		{"RULE-2", undecided, "确认没有日期", "", "unit.catalog_account.name", "联系人甲", func(s *Subject) { s.App.Attestations[0].On = "" }},
		{"RULE-2", undecided, "确认没有署名", "", "unit.catalog_account.name", "联系人甲", func(s *Subject) { s.App.Attestations[0].By = " " }},
		{"RULE-2", undecided, "没有姓名", "", "unit.catalog_account.name", "还没有填", func(s *Subject) { s.Unit.CatalogAccount.Name = "" }},

		{"RULE-9", quiet, "已参保", "", "", "", none},
		{"RULE-9", quiet, "没点名的人不查", "", "", "", func(s *Subject) {
			s.App.ContactIDs = []string{"c1"}
			s.Vendor.Contacts = append(s.Vendor.Contacts, listing.Contact{ID: "c2", Name: "联系人庚"})
		}},
		{"RULE-9", fires, "校验码不对", asWarning, "vendor.credit_code", "应当是 R", code("91330199MA00000003")},
		{"RULE-9", fires, "编码少一位", asWarning, "vendor.credit_code", "17 位", code("91330199MA0000000")},
		{"RULE-9", fires, "小写", asWarning, "vendor.credit_code", "第 9 位", code("91330199ma0000000r")},
		{"RULE-9", undecided, "没有编码", "", "vendor.credit_code", "示例科技", code("")},
		{"RULE-9", undecided, "没有参保确认", "", "vendor.contacts", "联系人己", contact(func(c *listing.Contact) { c.Insured = nil })},
		{"RULE-9", undecided, "确认的是别人", "", "vendor.contacts", "联系人己", contact(func(c *listing.Contact) { c.Insured.About = "联系人庚" })},
		{"RULE-9", undecided, "没有人员类型", "", "vendor.contacts", "人员类型", contact(func(c *listing.Contact) { c.PersonnelType = "" })},
		{"RULE-9", undecided, "没有联系人", "", "vendor.contacts", "联系人", func(s *Subject) { s.Vendor.Contacts = nil }},
		{"RULE-9", undecided, "没有开发商", "", "app.vendor_id", "开发商", func(s *Subject) { s.Vendor = nil }},

		{"RULE-11", quiet, "有账号", "", "", "", none},
		{"RULE-11", fires, "没有账号", "", "vendor.contacts", "13900000001", contact(func(c *listing.Contact) { c.HasAccount = "否" })},
		{"RULE-11", fires, "固定电话", "", "vendor.contacts", "0571", contact(func(c *listing.Contact) { c.Phone = "0571-00000000" })},
		{"RULE-11", undecided, "没有手机", "", "vendor.contacts", "没有填", contact(func(c *listing.Contact) { c.Phone = "" })},
		{"RULE-11", undecided, "没有回答", "", "vendor.contacts", "13900000001", contact(func(c *listing.Contact) { c.HasAccount = "" })},
		{"RULE-11", undecided, "没有联系人", "", "vendor.contacts", "联系人", func(s *Subject) { s.App.ContactIDs = []string{"gone"} }},
		{"RULE-11", undecided, "没有开发商", "", "app.vendor_id", "开发商", func(s *Subject) { s.Vendor = nil }},

		{"RULE-12", quiet, "各用各的", "", "", "", none},
		{"RULE-12", fires, "编目账号相同", "", "unit.catalog_account.phone", "联系人己", contact(func(c *listing.Contact) { c.Phone = "138 0000 0001" })},
		{"RULE-12", fires, "申请人相同", "", "app.applicant_phone", "联系人己", func(s *Subject) { s.App.ApplicantPhone = "13900000001" }},
		{"RULE-12", undecided, "编目账号没有手机", "", "unit.catalog_account.phone", "编目账号", func(s *Subject) { s.Unit.CatalogAccount.Phone = "" }},
		{"RULE-12", undecided, "联系人没有手机", "", "vendor.contacts", "联系人己", contact(func(c *listing.Contact) { c.Phone = "" })},
		{"RULE-12", undecided, "没有联系人", "", "vendor.contacts", "联系人", func(s *Subject) { s.Vendor.Contacts = nil }},
		{"RULE-12", undecided, "没有开发商", "", "app.vendor_id", "开发商", func(s *Subject) { s.Vendor = nil }},

		{"RULE-20", fires, "管理员", "", "app.administrator", "联系人丁", func(s *Subject) { s.Unit.RegionalAdmin.Name = "联系人丁" }},
		{"RULE-20", fires, "负责人", "", "app.responsible_name", "联系人戊", none},
	}
}

func identifierAndPlaceCases() []ruleCase {
	other := func(change func(a *listing.App)) func(*Subject) {
		return func(s *Subject) { change(&s.Others[0]) }
	}
	return []ruleCase{
		{"RULE-3", quiet, "字母数字下划线短横线", "", "", "", ident("Ab-9_c")},
		{"RULE-3", fires, "中文", "", "app.identifier", "中文", ident("sldb督办")},
		{"RULE-3", fires, "前面有空格", "", "app.identifier", "空格", ident(" sldb")},
		{"RULE-3", fires, "点号", "", "app.identifier", "字符 .", ident("sl.db")},
		{"RULE-3", fires, "全角字母", "", "app.identifier", "ａ", ident("ａbc")},
		{"RULE-3", fires, "带平台后缀", asWarning, "app.identifier", "_dingoa", ident("test_dingoa")},
		{"RULE-3", undecided, "没有填", "", "app.identifier", "还没有填", ident("")},

		{"RULE-4", quiet, "唯一", "", "", "", none},
		{"RULE-4", quiet, "与自己相同不算", "", "", "", other(func(a *listing.App) { a.ID, a.Identifier = "a1", "sldb_demo" })},
		{"RULE-4", quiet, "申请时相同", "", "", "", func(s *Subject) { s.App.AppliedIdentifier = "sldb_demo" }},
		{"RULE-4", fires, "与申请时不同", "", "app.applied_identifier", "old_demo", func(s *Subject) { s.App.AppliedIdentifier = "old_demo" }},
		{"RULE-4", fires, "与别的应用相同", "", "app.identifier", "示例预约", other(func(a *listing.App) { a.Identifier = "sldb_demo" })},
		{"RULE-4", fires, "与归档的应用相同", "", "app.identifier", "已归档", other(func(a *listing.App) { a.Identifier, a.Archived = "sldb_demo", true })},
		{"RULE-4", fires, "别的应用申请时用过", "", "app.identifier", "示例预约", other(func(a *listing.App) { a.AppliedIdentifier = "sldb_demo" })},
		{"RULE-4", fires, "只差大小写", "", "app.identifier", "大小写", other(func(a *listing.App) { a.Identifier = "SLDB_demo" })},
		{"RULE-4", undecided, "没有填", "", "app.identifier", "还没有填", ident(" ")},

		{"RULE-6", quiet, "通讯录路径", "", "", "", none},
		{"RULE-6", quiet, "全角斜杠", "", "", "", func(s *Subject) { s.App.UsageScope = "/示例市／示例市数据中心/技术保障科" }},
		{"RULE-6", fires, "不是路径", "", "app.usage_scope", "斜杠", func(s *Subject) { s.App.UsageScope = "示例市数据中心" }},
		{"RULE-6", fires, "空的一级", "", "app.usage_scope", "空着", func(s *Subject) { s.App.UsageScope = "示例市//示例市数据中心" }},
		{"RULE-6", fires, "不是本单位", "", "app.usage_scope", "没有出现", func(s *Subject) { s.App.UsageScope = "示例市/市直单位/别的中心" }},
		{"RULE-6", undecided, "没有填", "", "app.usage_scope", "还没有填", func(s *Subject) { s.App.UsageScope = "" }},
		{"RULE-6", undecided, "不知道单位", "", "unit.address_path", "单位名称", func(s *Subject) { s.Unit.Name, s.Unit.AddressPath = "", "" }},

		{"RULE-7", quiet, "一致", "", "", "", none},
		{"RULE-7", quiet, "写全了", "", "", "", func(s *Subject) { s.App.Region, s.Unit.Region = "示例市/示例区", "示例区" }},
		{"RULE-7", fires, "空", "", "app.region", "没有填", func(s *Subject) { s.App.Region = " " }},
		{"RULE-7", fires, "不一致", asWarning, "app.region", "别的市", func(s *Subject) { s.App.Region = "别的市" }},
		{"RULE-7", undecided, "不知道单位区域", "", "unit.region", "单位所在区域", func(s *Subject) { s.Unit.Region = "" }},

		{"RULE-8", quiet, "正好 100 MB 的 pdf", "", "", "", none},
		{"RULE-8", quiet, "没有给", "", "", "", func(s *Subject) { delete(s.App.Attachments, "plan") }},
		{"RULE-8", quiet, "大写扩展名", "", "", "", plan(listing.Attachment{Name: "方案.DOCX", Size: 1, Type: "docx"})},
		{"RULE-8", fires, "doc 改成 pdf", "", "app.plan", "其实是 doc", plan(listing.Attachment{Name: "方案.pdf", Size: 1, Type: "doc"})},
		{"RULE-8", fires, "没有扩展名", "", "app.plan", "没有扩展名", plan(listing.Attachment{Name: "方案", Size: 1, Type: "pdf"})},
		{"RULE-8", fires, "压缩包", "", "app.plan", "zip", plan(listing.Attachment{Name: "方案.zip", Size: 1, Type: "zip"})},
		{"RULE-8", fires, "认不出", "", "app.plan", "认不出", plan(listing.Attachment{Name: "方案.pdf", Size: 1, Type: "unknown"})},
		{"RULE-8", fires, "多一个字节", "", "app.plan", "100.1 MB", plan(listing.Attachment{Name: "方案.pdf", Size: 100<<20 + 1, Type: "pdf"})},
		{"RULE-8", fires, "空文件", "", "app.plan", "空文件", plan(listing.Attachment{Name: "方案.pdf", Type: "unknown"})},
		{"RULE-8", undecided, "没有识别过", "", "app.plan", "识别", plan(listing.Attachment{Name: "方案.pdf", Size: 1})},
	}
}

func networkCases() []ruleCase {
	return []ruleCase{
		{"RULE-5", quiet, "三个公网地址", "", "", "", ip("8.8.8.8", "1.1.1.1", "2400:3200::1")},
		{"RULE-5", fires, "四个", "", "app.egress_ips", "4 个", ip("8.8.8.8", "8.8.8.9", "8.8.8.10", "8.8.8.11")},
		{"RULE-5", fires, "内网", "", "app.egress_ips", "内网地址（192.168.0.0/16）", ip("192.168.1.5")},
		{"RULE-5", fires, "内网的另一段", "", "app.egress_ips", "172.16.0.0/12", ip("172.31.255.255")},
		{"RULE-5", fires, "运营商共享", "", "app.egress_ips", "100.64.0.0/10", ip("100.64.0.1")},
		{"RULE-5", fires, "测试网段", "", "app.egress_ips", "198.18.0.0/15", ip("198.19.0.1")},
		{"RULE-5", fires, "映射成 IPv6 的内网", "", "app.egress_ips", "10.0.0.0/8", ip("::ffff:10.0.0.1")},
		{"RULE-5", fires, "IPv6 内网", "", "app.egress_ips", "fc00::/7", ip("fd00::1")},
		{"RULE-5", fires, "带端口", "", "app.egress_ips", "8.8.8.8:80", ip("8.8.8.8:80")},
		{"RULE-5", fires, "网段", "", "app.egress_ips", "不是一个IP地址", ip("8.8.8.0/24")},
		{"RULE-5", fires, "前导零", "", "app.egress_ips", "不是一个IP地址", ip("08.8.8.8")},
		{"RULE-5", fires, "重复", asWarning, "app.egress_ips", "两次", ip("8.8.8.8", "::ffff:8.8.8.8")},
		{"RULE-5", fires, "政务外网", asWarning, "app.egress_ips", "推定", ip("59.202.1.1")},
		{"RULE-5", undecided, "没有填", "", "app.egress_ips", "还没有填", ip()},
		{"RULE-5", undecided, "只有空格", "", "app.egress_ips", "还没有填", ip(" ")},

		{"RULE-15", quiet, "完整地址", "", "", "", none},
		{"RULE-15", quiet, "跟随协议", "", "", "", api("//api.example.com/v1")},
		{"RULE-15", quiet, "加密的长连接", "", "", "", api("wss://api.example.com/ws")},
		{"RULE-15", quiet, "两端同一地址", "", "", "", func(s *Subject) { s.App.PCURL, s.App.SplitByLogin = s.App.MobileURL, "" }},
		{"RULE-15", fires, "本机", "", "app.api_bases", "localhost", api("http://localhost:8080/api")},
		{"RULE-15", fires, "没写协议的本机", "", "app.api_bases", "本机", api("localhost:8080/api")},
		{"RULE-15", fires, "127", "", "app.api_bases", "127.0.0.1", api("https://127.0.0.1/api")},
		{"RULE-15", fires, "IPv6 本机", "", "app.api_bases", "::1", api("https://[::1]:8443/api")},
		{"RULE-15", fires, "内网地址", "", "app.api_bases", "内网地址", api("https://10.1.2.3/api")},
		{"RULE-15", fires, "没写协议的内网", "", "app.api_bases", "内网地址", api("172.16.0.9:8080")},
		{"RULE-15", fires, "单个词", "", "app.api_bases", "主机名", api("http://appserver/api")},
		{"RULE-15", fires, "内网域名", "", "app.api_bases", "内网域名", api("https://api.unit.lan")},
		{"RULE-15", fires, "缩写的地址", "", "app.api_bases", "看不出主机名", api("http://127.1/api")},
		{"RULE-15", fires, "别的协议", "", "app.api_bases", "网页能访问", api("ftp://api.example.com")},
		{"RULE-15", fires, "相对地址", asWarning, "app.api_bases", "相对地址", api("/api")},
		{"RULE-15", fires, "没有斜杠的相对地址", asWarning, "app.api_bases", "相对地址", api("api/v1")},
		{"RULE-15", fires, "没写协议", asWarning, "app.api_bases", "相对地址", api("api.example.com/v1")},
		{"RULE-15", fires, "不加密", asWarning, "app.api_bases", "加密", api("http://api.example.com")},
		{"RULE-15", fires, "政务外网", asWarning, "app.api_bases", "59.202.0.0/16", api("https://59.202.1.1")},
		{"RULE-15", fires, "没有区分", "", "app.split_by_login", "没有按免登", func(s *Subject) { s.App.SplitByLogin = "否" }},
		{"RULE-15", undecided, "没有填", "", "app.api_bases", "还没有填", func(s *Subject) { s.App.APIBases = nil }},
		{"RULE-15", undecided, "没说怎么区分", "", "app.split_by_login", "没有说明", func(s *Subject) { s.App.SplitByLogin = "" }},
		{"RULE-15", undecided, "没有应用类型", "", "app.kind", "应用类型", func(s *Subject) { s.App.Kind = "" }},

		{"RULE-19", quiet, "完整网址", "", "", "", health("http://8.8.8.8:8080/health")},
		{"RULE-19", fires, "没有填", "", "app.health_url", "没有填", health("")},
		{"RULE-19", fires, "没写协议", "", "app.health_url", "http://", health("app.example.com/health")},
		{"RULE-19", fires, "别的协议", "", "app.health_url", "http://", health("tcp://app.example.com:80")},
		{"RULE-19", fires, "本机", "", "app.health_url", "本机", health("http://localhost/health")},
		{"RULE-19", fires, "内网", "", "app.health_url", "192.168.3.4", health("http://192.168.3.4/health")},
		{"RULE-19", fires, "没有主机", "", "app.health_url", "看不出主机名", health("http:///health")},
		{"RULE-19", undecided, "只有路径", "", "app.health_url", "只有路径", health("/api/health")},
	}
}

func processCases() []ruleCase {
	trial := func(change func(a *listing.App)) func(*Subject) {
		return func(s *Subject) { change(&s.App) }
	}
	return []ruleCase{
		{"RULE-10", quiet, "新应用", "", "", "", none},
		{"RULE-10", quiet, "宜搭老应用", "", "", "", func(s *Subject) { s.App.LegacyYida, s.App.Registration = "是", "存量关联" }},
		{"RULE-10", fires, "老应用选了发布注册", "", "app.registration", "宜搭", func(s *Subject) { s.App.LegacyYida = "是" }},
		{"RULE-10", fires, "新应用选了存量关联", "", "app.registration", "没有以宜搭", func(s *Subject) { s.App.Registration = "存量关联" }},
		{"RULE-10", fires, "没有这种类型", "", "app.kind", "网页", func(s *Subject) { s.App.Kind = "网页" }},
		{"RULE-10", fires, "没有这种注册", "", "app.registration", "随便", func(s *Subject) { s.App.Registration = "随便" }},
		{"RULE-10", undecided, "没有类型", "", "app.kind", "应用类型", func(s *Subject) { s.App.Kind = "" }},
		{"RULE-10", undecided, "不知道是不是宜搭", "", "app.legacy_yida", "宜搭", func(s *Subject) { s.App.LegacyYida = "" }},
		{"RULE-10", undecided, "没有选注册方式", "", "app.registration", "注册方式", func(s *Subject) { s.App.Registration = "" }},

		{"RULE-13", quiet, "进过托管平台", "", "", "", none},
		{"RULE-13", fires, "没有进过", "", "", "STEP-2.4", func(s *Subject) { delete(s.Settled, "STEP-2.4") }},
		{"RULE-13", undecided, "没有办件", "", "", "上架流程", func(s *Subject) { s.Settled = nil }},
		{"RULE-13", undecided, "没有应用类型", "", "app.kind", "应用类型", func(s *Subject) { s.App.Kind = "" }},

		{"RULE-14", quiet, "埋点已查", "", "", "", none},
		{"RULE-14", quiet, "埋点只有提醒", "", "", "", func(s *Subject) {
			s.Tracking = []listing.Finding{{Rule: "TRACK-9", Level: listing.LevelWarning, Message: "页面名称里有数字"}}
		}},
		{"RULE-14", fires, "没有登记", "", "", "STEP-3.2", func(s *Subject) { s.Settled = map[string]bool{} }},
		{"RULE-14", fires, "埋点资料有错", "", "", "bid 不对", func(s *Subject) {
			s.Tracking = []listing.Finding{{Rule: "TRACK-1", Level: listing.LevelError, Message: "bid 不对"}}
		}},
		{"RULE-14", undecided, "没有办件", "", "", "上架流程", func(s *Subject) { s.Settled = nil }},

		{"RULE-16", quiet, "齐全", "", "", "", none},
		{"RULE-16", fires, "不在工作台上", "", "app.test_on_workbench", "工作台", trial(func(a *listing.App) { a.TestOnWorkbench = "否" })},
		{"RULE-16", undecided, "没有环境", "", "app.test_environment", "测试环境", trial(func(a *listing.App) { a.TestEnvironment = "" })},
		{"RULE-16", undecided, "没有账号", "", "app.test_account", "测试账号", trial(func(a *listing.App) { a.TestAccount = "" })},
		{"RULE-16", undecided, "没有密码", "", "app.test_password", "测试密码", trial(func(a *listing.App) { a.TestPassword = "" })},
		{"RULE-16", undecided, "没有数据", "", "app.test_data", "测试数据", trial(func(a *listing.App) { a.TestData = "" })},
		{"RULE-16", undecided, "没有回答", "", "app.test_on_workbench", "工作台", trial(func(a *listing.App) { a.TestOnWorkbench = "" })},

		{"RULE-17", quiet, "已有版本", "", "", "", listed(none)},
		{"RULE-17", quiet, "带 v 的版本", "", "", "", listed(func(s *Subject) { s.App.MiniVersion = "v1.0.2" })},
		{"RULE-17", fires, "不是版本号", "", "app.mini_version", "未发布", listed(func(s *Subject) { s.App.MiniVersion = "未发布" })},
		{"RULE-17", fires, "还没到时候", asInfo, "app.mini_version", "上架通过后", func(s *Subject) { s.App.MiniVersion = "" }},
		{"RULE-17", fires, "没有办件也还没到时候", asInfo, "app.mini_version", "上架通过后", func(s *Subject) { s.App.MiniVersion, s.Settled = "", nil }},
		{"RULE-17", undecided, "没有登记", "", "app.mini_version", "已经上架", listed(func(s *Subject) { s.App.MiniVersion = "" })},
		{"RULE-17", undecided, "没有应用类型", "", "app.kind", "应用类型", func(s *Subject) { s.App.Kind = "" }},

		{"RULE-18", quiet, "已写明", "", "", "", none},
		{"RULE-18", fires, "没有写明", "", "app.error_page_ready", "还没有写明", trial(func(a *listing.App) { a.ErrorPageReady = "否" })},
		{"RULE-18", undecided, "没有回答", "", "app.error_page_ready", "还没有回答", trial(func(a *listing.App) { a.ErrorPageReady = "" })},
		{"RULE-18", undecided, "没有联系人", "", "app.error_page_person", "错误页联系人", trial(func(a *listing.App) { a.ErrorPagePerson = "" })},
		{"RULE-18", undecided, "没有电话", "", "app.error_page_phone", "联系电话", trial(func(a *listing.App) { a.ErrorPagePhone = "" })},
	}
}

func TestRules(t *testing.T) {
	b := book(t)
	for _, c := range ruleCases() {
		t.Run(c.rule+"/"+c.outcome+"/"+c.name, func(t *testing.T) {
			s := sound()
			c.change(s)
			c.verify(t, b, of(b.Check(*s).Findings, c.rule))
		})
	}
}

func of(findings []listing.Finding, rule string) []listing.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f listing.Finding) bool { return f.Rule != rule })
}

func (c ruleCase) verify(t *testing.T, b *Book, found []listing.Finding) {
	t.Helper()
	if c.outcome == quiet {
		if len(found) != 0 {
			t.Fatalf("quiet expected, got %+v", found)
		}
		return
	}
	level := c.level
	if level == "" {
		level = b.Rule(c.rule).Level
	}
	for _, f := range found {
		if (f.Code == listing.FindingUndecided) == (c.outcome == undecided) && f.Level == level && f.Field == c.field && strings.Contains(f.Message, c.says) {
			return
		}
	}
	t.Fatalf("no %s finding at level %s about %q saying %q in %+v", c.outcome, level, c.field, c.says, found)
}

// Every rule has a case that fires, one that is quiet and one that cannot be decided; the data says which rules are
// always decidable, and a rule that only guides is never quiet.
func TestEveryRuleIsShownThreeWays(t *testing.T) {
	have := map[string]bool{}
	for _, c := range ruleCases() {
		have[c.rule+" "+c.outcome] = true
	}
	rules := book(t).Rules()
	if len(rules) != 20 {
		t.Fatalf("%d rules, want 20", len(rules))
	}
	for _, r := range rules {
		if !have[r.ID+" "+fires] {
			t.Errorf("%s: no firing case", r.ID)
		}
		if have[r.ID+" "+quiet] == (r.Level == listing.LevelInfo) {
			t.Errorf("%s: quiet case missing or out of place", r.ID)
		}
		if have[r.ID+" "+undecided] != (r.Decidable == "data") {
			t.Errorf("%s: undecidable case missing, or decidable is wrong in the data", r.ID)
		}
	}
}

// The table above provokes every answer the data holds, and no answer is asked for that the data does not hold or
// leaves a word in braces.
func TestEveryAnswerIsGiven(t *testing.T) {
	b := book(t)
	var all strings.Builder
	for _, c := range ruleCases() {
		s := sound()
		c.change(s)
		for _, f := range b.Check(*s).Findings {
			text := f.Message + f.Effect + f.Fix
			if strings.ContainsAny(text, "{}") || strings.Contains(text, "规则数据") || strings.HasSuffix(f.Message, "。") || strings.HasSuffix(f.Effect, "。") || strings.HasSuffix(f.Fix, "。") || f.Effect == "" || f.Fix == "" {
				t.Errorf("%s: %s: bad words in %+v", c.rule, c.name, f)
			}
			all.WriteString(f.Rule + " " + f.Code + " " + string(f.Level) + " " + f.Message + "\n")
		}
	}
	for _, r := range b.Rules() {
		for name, a := range r.Answers {
			if !spoken(all.String(), r, a) {
				t.Errorf("%s: answer %s is never given", r.ID, name)
			}
		}
	}
}

// spoken looks for a line that has the fixed parts of an answer in order.
func spoken(all string, r Rule, a answer) bool {
	for line := range strings.Lines(all) {
		rest, ok := strings.CutPrefix(line, r.ID+" "+a.Code+" ")
		for _, part := range fixedParts(a.Message) {
			_, after, found := strings.Cut(rest, part)
			rest, ok = after, ok && found
		}
		if ok {
			return true
		}
	}
	return false
}

func fixedParts(message string) []string {
	return strings.FieldsFunc(braces.ReplaceAllString(message, "\x00"), func(r rune) bool { return r == 0 })
}
