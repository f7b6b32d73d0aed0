// The columns of a list as the tables of ant-design-vue take them: objects whose cells are drawn by named slots.
export const antColumns = {
  computed: {
    columns() {
      const one = (c) => (c.children ? { title: c.title, children: c.children.map(one) } : {
        title: c.title, dataIndex: c.id, key: c.id, width: c.width || 150, fixed: c.fixed || undefined, spec: c, ...this.slots(c),
      });
      return this.list.spec.columns.map(one);
    },
    scroll() {
      const wide = this.list.spec.columns.some((c) => c.fixed) ? { x: 1600 } : {};
      return this.page.look.split ? { ...wide, y: 360 } : wide;
    },
    pager() {
      return this.list.spec.bare ? false : { current: this.list.at, pageSize: this.list.size, total: this.list.total, showSizeChanger: true, pageSizeOptions: this.list.spec.sizes.map(String) };
    },
  },
  methods: { slots: () => ({}), turned(p) { this.list.turn(p.current, p.pageSize); } },
};
