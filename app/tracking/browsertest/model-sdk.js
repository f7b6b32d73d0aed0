// A model of the traffic SDK, as far as its queue goes. On start it drains the array (subscriptions and meta
// information first), then puts another object in its place. While _hold is BLOCK everything is kept; START lets
// it go, meta information first. What would be sent is in window.model.sent.
(function () {
  const model = { meta: {}, held: [], sent: [], pushed: [] };
  window.model = model;
  const isMeta = (e) => e.action === 'aplus.setMetaInfo';
  const metaFirst = (list) => list.filter(isMeta).concat(list.filter((e) => !isMeta(e)));
  function run(e) {
    const [key, value] = e.arguments;
    const hold = isMeta(e) && key === '_hold';
    if (model.meta._hold === 'BLOCK' && !hold) {
      model.held.push(e);
    } else if (isMeta(e)) {
      model.meta[key] = value;
      if (hold && value === 'START') metaFirst(model.held.splice(0)).forEach(run);
    } else if (e.action === 'aplus.sendPV') {
      model.sent.push({ user: model.meta._user_id || '', ...e.arguments[1] });
    }
  }
  const waiting = window.aplus_queue || [];
  model.pushed.push(...waiting);
  window.aplus_queue = { push(e) { model.pushed.push(e); run(e); } };
  metaFirst(waiting).forEach(run);
  waiting.length = 0;
})();
