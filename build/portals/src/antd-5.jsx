// React 18 with antd 5.
import { useEffect, useReducer, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import * as antd from 'antd';
import { StyleProvider } from '@ant-design/cssinjs';
import zh from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import 'antd/dist/reset.css';
import './page.css';
import { search, start, tree } from './page.js';

dayjs.locale('zh-cn');
const { Button, Cascader, Checkbox, ConfigProvider, DatePicker, Form, Input, InputNumber, Modal, Radio, Select, Steps, Switch, Table, Tooltip, Upload, message } = antd;

function Remote({ list, value, onChange, id }) {
  const [found, setFound] = useState([]);
  return <Select id={id} value={value} onChange={onChange} showSearch filterOption={false} notFoundContent={null} placeholder="请选择" options={tree(found)}
    onSearch={async (q) => setFound(q ? await search(list, q) : [])} />;
}

function control(f) {
  const options = tree(f.options || []);
  switch (f.kind) {
    case 'long': return <Input.TextArea rows={3} />;
    case 'number': return <InputNumber />;
    case 'radio': return <Radio.Group options={options} />;
    case 'check': return <Checkbox.Group options={options} />;
    case 'select': return f.remote ? <Remote list={f.remote} /> : <Select showSearch={!!f.filter} options={options} placeholder="请选择" />;
    case 'multiple': return <Select mode="multiple" options={options} placeholder="请选择" />;
    case 'path': return <Cascader options={options} placeholder="请选择" />;
    case 'date': return <DatePicker inputReadOnly={!!f.fixed} />;
    case 'switch': return <Switch />;
    case 'files': return <Upload action={`/api/upload?label=${encodeURIComponent(f.label)}`} beforeUpload={f.collect ? () => false : undefined} maxCount={f.many ? 9 : 1} multiple={f.many}>
      <Button>{f.collect ? '选择文件' : '点击上传'}</Button></Upload>;
    default: return <Input placeholder={`请输入${f.label}`} />;
  }
}

const label = (f) => <span>{f.shown}{f.help && <Tooltip title="按实际情况填写"><span role="img" className="anticon help">?</span></Tooltip>}</span>;

function Wrap({ depth, cls, children }) {
  return <div className={cls}>{depth > 1 ? <Wrap depth={depth - 1} cls={cls}>{children}</Wrap> : children}</div>;
}

function Rows({ f }) {
  return <Form.List name={f.id}>{(rows, { add }) => <div className="rows">
    {rows.map((r) => <div key={r.key} className="row">{f.cells.map((c) => <Form.Item key={c.id} name={[r.name, c.id]} label={c.shown} required={c.required}><Input /></Form.Item>)}</div>)}
    <Button type="dashed" onClick={() => add(Object.fromEntries(f.cells.map((c) => [c.id, ''])))}>{f.add}</Button></div>}</Form.List>;
}

function Item({ f, form }) {
  if (!form.shows(f)) return null;
  const props = { label: label(f), required: f.required, help: form.errors[f.id] || undefined, validateStatus: form.errors[f.id] ? 'error' : undefined };
  if (f.kind === 'rows') return <Form.Item {...props}><Rows f={f} /></Form.Item>;
  const value = f.kind === 'files' ? { valuePropName: 'fileList', getValueFromEvent: (e) => e.fileList } : f.kind === 'switch' ? { valuePropName: 'checked' } : {};
  return <div onBlur={() => form.check(f)}><Form.Item {...props} {...value} name={f.id} rules={form.rules(f, true)}>{control(f)}</Form.Item></div>;
}

/** Fields in a document of their own, or in a shadow root. */
function Foreign({ group, form }) {
  const host = useRef(null);
  useEffect(() => {
    if (group.place !== 'shadow' || host.current.shadowRoot) return;
    const root = host.current.attachShadow({ mode: 'open' });
    for (const link of document.querySelectorAll('link[rel=stylesheet]')) root.append(link.cloneNode());
    const inside = root.appendChild(document.createElement('div'));
    createRoot(inside).render(<Provider container={root}><Inside groups={[{ ...group, place: '' }]} form={form} /></Provider>);
  }, []);
  return group.place === 'frame' ? <iframe title="part" src={group.src} style={{ width: '100%', height: 420, border: 0 }} /> : <div ref={host} />;
}

function Inside({ groups, form, bind }) {
  const { look } = form.page;
  const [, draw] = useReducer((n) => n + 1, 0);
  const [kit] = Form.useForm();
  useEffect(() => bind?.(kit), []);
  const initial = Object.fromEntries(groups.flatMap((g) => g.fields).map((f) => [f.id, form.values[f.id]]));
  const top = look.labels === 'top';
  return <Form form={kit} initialValues={initial} layout={top ? 'vertical' : 'horizontal'} labelAlign={look.labels === 'left' ? 'left' : 'right'} labelCol={top ? undefined : { flex: '190px' }}
    onValuesChange={(_, all) => { Object.assign(form.values, all); form.changed(); draw(); }}>
    {groups.map((g, i) => <Group key={i} g={g} form={form} />)}</Form>;
}

function Group({ g, form }) {
  const { look } = form.page;
  const Heading = look.heading;
  return <div>{g.heading && !g.place && <Heading className="heading">{g.heading}</Heading>}
    {g.place ? <Foreign group={g} form={form} /> : <Wrap depth={look.depth} cls={look.cls}>{g.fields.map((f) => <Item key={f.id} f={f} form={form} />)}</Wrap>}</div>;
}

function Press({ b, page, ...of }) {
  const press = (e) => { e.preventDefault(); page.press(b, of); };
  const kit = () => <Button type={b.look === 'plain' ? 'default' : b.look} className={b.cls} onClick={press}>{b.text}</Button>;
  const looks = {
    div: () => <div role="button" tabIndex={0} className={`${b.cls} as-button`} onClick={press}>{b.text}</div>,
    a: () => <a href="#press" className={b.cls} onClick={press}>{b.text}</a>,
    input: () => <input type="submit" className={b.cls} value={b.text} onClick={press} />,
    icon: () => <i className={`${b.cls} icon-button`} onClick={press}>✓</i>,
  };
  return <span className="press">{(looks[b.look] || kit)()}</span>;
}

function FormBox({ form, page }) {
  const buttons = (form.spec.buttons || []).filter((b) => !b.steps || b.steps.includes(form.step));
  const bind = (kit) => {
    form.validateShown = () => kit.validateFields().then(() => true, () => false);
    page.validate = (shown) => shown.validateShown();
  };
  return <div className={page.look.cls}>
    {form.spec.steps.length > 1 && <Steps current={form.step} items={form.spec.steps.map((s) => ({ title: s.title }))} />}
    <Inside key={form.step} groups={form.current().groups} form={form} bind={bind} />
    <div className={page.look.sticky ? 'bar sticky' : 'bar'}>{buttons.map((b) => <Press key={b.text} b={b} form={form} page={page} />)}</div></div>;
}

function Cell({ column, row, page }) {
  const text = row.cells[column.id] ?? '';
  switch (column.kind) {
    case 'actions': return <span>{(row.actions || []).map((b) => <Press key={b.text} b={b} row={row.id} page={page} />)}</span>;
    case 'qr': return text ? <img src="/_test/qr.svg" width="32" height="32" title={text} alt={text} /> : null;
    case 'link': return <a href={text} onClick={(e) => e.preventDefault()}>{text}</a>;
    case 'state': return <span className="state"><i className="dot" /><span><b>{text}</b></span></span>;
    case 'tip': return <Tooltip title={`完整内容：${text}`}><span>{text}</span></Tooltip>;
    default: return text;
  }
}

function ListBox({ list, page }) {
  const { look } = page;
  const Heading = look.heading;
  const one = (c) => (c.children ? { title: c.title, children: c.children.map(one) } : {
    title: c.title, key: c.id, width: c.width || 150, fixed: c.fixed || undefined, render: (_, row) => <Cell column={c} row={row} page={page} />,
  });
  const wide = list.spec.columns.some((c) => c.fixed) ? { x: 1600 } : {};
  return <div className={`${look.cls} list`}>{list.spec.heading && <Heading className="heading">{list.spec.heading}</Heading>}
    <Table columns={list.spec.columns.map(one)} dataSource={list.rows} rowKey="id" bordered={look.border} loading={list.loading} scroll={look.split ? { ...wide, y: 360 } : wide}
      pagination={list.spec.bare ? false : { current: list.at, pageSize: list.size, total: list.total, showSizeChanger: true, pageSizeOptions: list.spec.sizes }}
      onChange={(p) => list.turn(p.current, p.pageSize)} /></div>;
}

function Dialog({ d, page }) {
  return <Modal open title={d.title} maskClosable={false} width={760} onCancel={() => page.close(d)}
    footer={(d.buttons || []).map((b) => <Press key={b.text} b={b} form={d.form} dialog={d} page={page} />)}>
    {d.text && <p className="log">{d.text}</p>}{d.form && <FormBox form={d.form} page={page} />}</Modal>;
}

function Block({ b, page }) {
  const Tag = b.tag || 'h2';
  return <>{b.text && <Tag className="text">{b.text}</Tag>}{b.image && <img src={b.image} width="180" height="180" alt={b.alt} />}
    {b.buttons && <div className="bar">{b.buttons.map((x) => <Press key={x.text} b={x} page={page} />)}</div>}
    {b.form && <FormBox form={b.form} page={page} />}{b.list && <ListBox list={b.list} page={page} />}</>;
}

function Body({ page }) {
  const [, draw] = useReducer((n) => n + 1, 0);
  useEffect(() => { page.render = draw; draw(); }, []);
  return <div className={page.look.cls}>
    {page.spec.nav && <ul className="nav">{page.spec.nav.map((n) => <li key={n.text}><a href={n.to} onClick={(e) => { e.preventDefault(); page.go(n.to); }}>{n.text}</a></li>)}</ul>}
    {page.spec.user && <div className="user">{page.spec.user}</div>}
    {page.blocks.map((b, i) => <Block key={i} b={b} page={page} />)}
    {page.notice && <p className="notice" role="status">{page.notice}</p>}
    {page.dialogs.map((d) => <Dialog key={d.key} d={d} page={page} />)}</div>;
}

const Provider = ({ container, children }) => <StyleProvider container={container}><ConfigProvider locale={zh}>{children}</ConfigProvider></StyleProvider>;

start((page) => {
  page.message = (type, text) => message[type](text);
  const host = document.getElementById('app').appendChild(document.createElement('div'));
  const root = createRoot(host);
  root.render(<Provider><Body page={page} /></Provider>);
  return { page, unmount: () => { root.unmount(); host.remove(); } };
});
