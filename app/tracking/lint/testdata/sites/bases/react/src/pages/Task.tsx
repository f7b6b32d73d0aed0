import React, { useState } from 'react';

export default function Task() {
  const [text, setText] = useState('');
  return <input value={text} onChange={(e) => setText(e.target.value)} placeholder="事项名称" />;
}
