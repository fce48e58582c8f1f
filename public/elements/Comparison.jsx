// Occupations side by side. On a phone the cells of a row lie under each other, so the roles of a table
// are written out: browsers forget them with `display: block`.
import { createElement } from 'react';

const { Lines, Markers, Picture, Said } = window.vagvisareParts(createElement, props);

function Row({ row }) {
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        <Said text={row.label} />
      </th>
      {row.cells.map((cell, order) => (
        <td role="cell" key={order}>
          <span className="vv-of" aria-hidden="true">
            {props.heads[order]}
          </span>
          <Lines text={cell} known={props.known} />
        </td>
      ))}
    </tr>
  );
}

export default function Comparison() {
  const { groups, heads, labels, picture } = props;
  return (
    <section className="vv-card vv-comparison" aria-label={props.region}>
      <h3>
        <Said text={props.title} />
      </h3>
      <table role="table" aria-label={props.region}>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              <span className="vv-hidden">{labels.what}</span>
            </th>
            {heads.map((head, order) => (
              <th role="columnheader" scope="col" key={order}>
                <Said text={head} />
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody role="rowgroup" key={group.label}>
            <tr role="row" className="vv-row-group">
              <th role="rowheader" scope="rowgroup" colSpan={heads.length + 1}>
                <Said text={group.label} />
              </th>
            </tr>
            {group.rows.map((row) => (
              <Row key={row.label} row={row} />
            ))}
          </tbody>
        ))}
      </table>
      {picture ? <Picture picture={picture} known={props.known} /> : null}
      <p className="vv-quiet">
        <Markers heading={labels.sources} markers={props.markers} />
      </p>
    </section>
  );
}
