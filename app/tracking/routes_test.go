package tracking

import (
	"reflect"
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

func page(id, name, url string) listing.Page {
	return listing.Page{PageID: id, PageName: name, PageURL: url}
}

func TestParsePagesOfRoutes(t *testing.T) {
	home, list := page("home", "首页", "#/"), page("list", "办件列表", "#/list")
	for name, k := range map[string]struct {
		text string
		want []listing.Page
	}{
		"vue-router": {`import { createRouter } from 'vue-router'
			const routes = [
			  { path: '/', name: 'home', component: () => import('./Home.vue'), meta: { title: '首页' } },
			  { path: "/list", name: 'list', meta: { title: '办件列表' } }, // 列表
			  { path: '/old', redirect: '/list' }, { path: '/:pathMatch(.*)*', component: Missing }, { path: '/404', component: Missing },
			]
			export default createRouter({ routes })`, []listing.Page{home, list}},
		"TypeScript":                {`const routes: RouteRecordRaw[] = [{ path: '/', name: 'home', meta: { title: '首页' } as Meta }]`, []listing.Page{home}},
		"TypeScript with old casts": {`export default <RouteConfig[]>[{ path: '/', name: 'home', meta: { title: '首页' } }]`, []listing.Page{home}},
		"children": {`[{ path: '/desk', component: Frame, children: [{ path: '', meta: { title: '工作台' } }, { path: 'detail/:id', meta: { title: '详情' } }, { path: '/list', name: 'list', title: '办件列表' }] }]`,
			[]listing.Page{page("desk", "工作台", "#/desk"), page("desk_detail", "详情", "#/desk/detail/:id"), list}},
		"react-router objects": {`createHashRouter([{ path: '/', element: <Frame />, children: [{ path: 'list', element: <List a={1} />, handle: { title: '办件列表' } }] }])`, []listing.Page{list}},
		"react-router JSX": {`<Routes><Route path="/" element={<Frame/>}><Route path="list" element={<List/>}/><Route path="*" element={<Missing/>}/></Route></Routes>`,
			[]listing.Page{page("list", "", "#/list")}},
		"objects alone":  {`{ path: '/', name: 'home', meta: { title: '首页' } }, { path: '/list', name: 'list', meta: { title: '办件列表' } }`, []listing.Page{home, list}},
		"a member alone": {`routes: [{ path: '/', name: 'home', meta: { title: '首页' } }],`, []listing.Page{home}},
		"no literal":     {"[{ path: base + '/x', name: 'x' }, { path: `/list`, name: 'list', meta: { title: '办件列表' } }]", []listing.Page{list}},
		"escapes":        {`[{ path: '\u002flist', name: 'list', meta: { title: '\u529e件列表' } }]`, []listing.Page{list}},
		"uni-app": {`{ // 页面
			"pages": [
			  { "path": "pages/index/index", "style": { "navigationBarTitleText": "首页" } },
			  { "path": "pages/list/detail", "style": { "navigationBarTitleText": "详情", "enablePullDownRefresh": true } },
			],
			"subPackages": [{ "root": "pagesB", "pages": [{ "path": "mine/mine", "style": { "navigationBarTitleText": "我的" } }] }],
			"tabBar": { "list": [{ "pagePath": "pages/index/index", "text": "首页" }] } }`,
			[]listing.Page{page("index", "首页", "#/pages/index/index"), page("list_detail", "详情", "#/pages/list/detail"), page("pagesB_mine", "我的", "#/pagesB/mine/mine")}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ParsePages(k.text)
			if err != nil || !reflect.DeepEqual(got, k.want) {
				t.Errorf("%v\n%+v\nwant\n%+v", err, got, k.want)
			}
		})
	}
}

func TestParsePagesOfRoutesRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"broken":         "const routes = [{ path: '/list', name: ",
		"only redirects": "[{ path: '/', redirect: '/list' }]",
		"too many":       "[" + strings.Repeat("{path:'/a'},", 2001) + "]",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ParsePages(text)
			if err == nil || !strings.Contains(err.Error(), "路由") {
				t.Errorf("%v %+v", err, got)
			}
		})
	}
}

func FuzzParseRoutes(f *testing.F) {
	f.Add("const routes: R[] = [{ path: '/', name: 'home', meta: { title: '首页' }, children: [{ path: 'x' }] }]")
	f.Add(`<Route path="/"><Route path="list" element={<List/>}/></Route>`)
	f.Add(`{"pages":[{"path":"pages/a/a","style":{"navigationBarTitleText":"甲"}}],"subPackages":[{"root":"b","pages":[{"path":"c"}]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		pages, err := parseRoutes(text, 100)
		if (err == nil) != (len(pages) > 0) || len(pages) > 100 {
			t.Fatalf("%v %+v", err, pages)
		}
		for _, p := range pages {
			if !strings.HasPrefix(p.PageURL, "#/") || p.PageID == "" {
				t.Fatalf("%+v", p)
			}
		}
	})
}
