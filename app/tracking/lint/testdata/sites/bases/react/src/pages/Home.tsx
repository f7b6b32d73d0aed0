import React from 'react';

export default function Home() {
  return <section className="home">督办首页</section>;
}
