// Wrong: divides the whole length by the number of gaps.
#include <bits/stdc++.h>
using namespace std;
int main() {
    long long n, k;
    cin >> n >> k;
    vector<long long> x(n);
    for (auto &p : x) cin >> p;
    cout << (x.back() - x.front()) / (k - 1) << "\n";
}
